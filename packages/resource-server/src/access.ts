import type { Jkt, Proof } from '@keybound/dpop/server'
import type { AccessToken } from './access-token/access-token.ts'

/** What a protected handler may know about who is asking. */
export interface Access {
  readonly subject: string
  readonly clientId: string
  readonly scope: readonly string[]
  /** Thumbprint of the key that the token is bound to and that signed the proof; none for a bearer token. */
  readonly jkt: Jkt | undefined
  readonly token: AccessToken
  readonly proof: Proof | undefined
}
