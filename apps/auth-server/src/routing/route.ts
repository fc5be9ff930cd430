/** What an endpoint knows beside the request: nothing that the request itself can claim. */
export interface RequestContext {
  /** In the log line, on error pages and in the answer's header. */
  readonly correlationId: string
  /** The peer's address, or behind trusted proxies its client's; IPv6 as a /64. For rate limits. */
  readonly source: string
  /** Adds to this request's log line. */
  note(fields: LogFields): void
}

/** The fields a request may add to its log line: an allow-list. No token, code, proof, cookie, secret or URL fits in here. */
export interface LogFields {
  readonly event?: string
  readonly outcome?: string
  /** The check id or other reason. */
  readonly check?: string
  readonly error?: string
  /** What is wrong with the configuration, where that is the likely cause. */
  readonly hint?: string
  readonly client_id?: string
  readonly jkt?: string
  readonly sub?: string
}

export type Endpoint = (request: Request, context: RequestContext) => Response | Promise<Response>

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** One line of the route table. */
export interface Route {
  readonly path: string
  /** page: HTML, errors too. api: JSON, never stored. public: JSON that anyone may cache. asset: files and health, not logged. */
  readonly kind: 'page' | 'api' | 'public' | 'asset'
  /** Who may read the answer from a script of another origin. Nobody where it is not given. */
  readonly cors?: 'anyone' | 'public clients'
  readonly on: Partial<Record<Method, Endpoint>>
}
