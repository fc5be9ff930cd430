import type { AuthorizationRequest } from './authorization-request.ts'

/** One visit to /authorize, from its arrival to the code: the only place where the request is remembered between pages. Times are NumericDates. */
export interface AuthorizationTransaction {
  /** Opaque, in the page's form and URL; worth nothing without the browser's cookie. */
  readonly id: string
  /** base64url SHA-256 of the cookie of the browser that began it. */
  readonly browserHash: string
  readonly request: AuthorizationRequest
  /** Of the pushed request that it came from: spent when the code is issued. */
  readonly pushedRequestHash?: string
  /** The user whom consent was shown to; another user's consent post is refused. */
  readonly subject?: string
  /** The user has typed a password during this very transaction (prompt=login, max_age). */
  readonly authenticatedAt?: number
  readonly createdAt: number
  readonly expiresAt: number
}

/** Each method is one statement. `update` returns false where the transaction is finished or gone. Finishing is a Write of the grant store: it decides together with the code. Throws OAuthError temporarily_unavailable when the store cannot answer. */
export interface Transactions {
  insert(transaction: AuthorizationTransaction): Promise<void>
  /** Unfinished ones only, expired or not. */
  find(id: string): Promise<AuthorizationTransaction | undefined>
  update(
    id: string,
    change: { readonly subject: string; readonly authenticatedAt?: number },
  ): Promise<boolean>
}
