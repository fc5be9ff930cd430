/** Times in seconds, sizes in bytes. Every member has a value from security.md "Timeouts and limits". */
export interface Limits {
  /** From the first byte of a request (or the connection) to the end of its header block. */
  readonly headersTimeout: number
  /** From the first byte of a request to the last byte of its body. */
  readonly requestTimeout: number
  /** How long an idle connection is kept. Below that of a proxy in front. */
  readonly keepAliveTimeout: number
  /** How long a connection may carry nothing in either direction: a client that stops reading, a handler that stops writing. */
  readonly silenceTimeout: number
  /** How long `close()` waits for answers under way. */
  readonly drainTimeout: number
  /** Request line and header block together. */
  readonly headerBytes: number
  readonly headerLines: number
  readonly bodyBytes: number
  readonly requestsPerConnection: number
  readonly connections: number
  /** Requests that the handler works on at once; a further one is 503. Probes are not counted. */
  readonly requestsInFlight: number
}

export const defaultLimits: Limits = {
  headersTimeout: 10,
  requestTimeout: 30,
  keepAliveTimeout: 5,
  silenceTimeout: 60,
  drainTimeout: 10,
  headerBytes: 16 * 1024,
  headerLines: 100,
  bodyBytes: 64 * 1024,
  requestsPerConnection: 1000,
  connections: 1000,
  requestsInFlight: 64,
}
