import type { Jkt } from '@keybound/dpop'
import type { Client } from '../client/client.ts'

/** Everything that the tokens of one answer say. Times are NumericDates. */
export interface Issuance {
  readonly client: Client
  readonly subject: string
  /** Of the access token: as granted, or narrower. */
  readonly scope: readonly string[]
  readonly resources: readonly string[]
  /** The key of the proof; a token without one is a Bearer token. */
  readonly jkt?: Jkt
  /** Absent for client credentials: nobody granted anything. */
  readonly grantId?: string
  readonly authTime?: number
  readonly idTokenNonce?: string
  /** Claims about the user that are to stand in the ID token too. */
  readonly idTokenClaims?: readonly string[]
  /** The value itself; the store has its hash. */
  readonly refreshToken?: string
}
