import type { VerificationKey } from '../keys/verification-key.ts'

/**
 * What a verified access token says. Times are NumericDates.
 * @see RFC 9068 §2.2 · RFC 7662 §2.2
 */
export interface AccessToken {
  readonly issuer: string
  readonly subject: string
  readonly clientId: string
  readonly audience: readonly string[]
  readonly scope: readonly string[]
  readonly expiresAt: number
  /** The `cnf` member as it came, `undefined` where there is none. Whether it is well formed is for checkBinding to say. */
  readonly confirmation: unknown
  readonly claims: Readonly<Record<string, unknown>>
  /** The key that verified it; none for a token that the authorization server vouched for at introspection. */
  readonly key?: VerificationKey
}
