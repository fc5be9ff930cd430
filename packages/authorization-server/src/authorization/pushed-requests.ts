import type { AuthorizationRequest } from './authorization-request.ts'

/** A pushed authorization request, kept under the hash of its request_uri until the code is issued. Times are NumericDates. */
export interface PushedRequest {
  /** base64url SHA-256 of the request_uri. */
  readonly hash: string
  readonly clientId: string
  readonly request: AuthorizationRequest
  /** It has to arrive at /authorize by then. Its record is kept 15 minutes longer: a transaction that began in time still has to spend it. */
  readonly expiresAt: number
}

/** How many of one client's may be live at `now`. */
export interface PushQuota {
  readonly most: number
  readonly now: number
}

/**
 * `insert` counts and writes in one atomic step, however many try at once, and is false, with nothing written, where so many of this client's
 * are live already. `find` answers whether or not it has expired or been spent (`spent`): the caller judges.
 * Throws OAuthError temporarily_unavailable when the store cannot answer.
 */
export interface PushedRequests {
  insert(pushed: PushedRequest, quota: PushQuota): Promise<boolean>
  find(hash: string): Promise<(PushedRequest & { readonly spent: boolean }) | undefined>
  /** How many of this client's are still live at `now`. */
  countLive(clientId: string, now: number): Promise<number>
}
