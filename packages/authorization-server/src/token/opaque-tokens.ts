import type { JWTPayload } from 'jose'

/** An opaque access token, kept under its hash until it ends: what a JWT would say is kept here instead. Times are NumericDates. */
export interface OpaqueTokenRecord {
  readonly hash: string
  readonly claims: JWTPayload
  readonly expiresAt: number
}

/** Reads only; expired ones too: the caller judges. They come by `commit` of the grant store. Throws OAuthError temporarily_unavailable when the store cannot answer. */
export interface OpaqueTokens {
  find(hash: string): Promise<OpaqueTokenRecord | undefined>
}
