import type { Jkt } from '@keybound/dpop'

/** A validated authorization request: what was asked, checked against the client, whether pushed or plain. Kept by the transaction and, from there, by the code. */
export interface AuthorizationRequest {
  readonly clientId: string
  readonly redirectUri: string
  readonly responseMode: 'query' | 'form_post'
  /** Granted at most: the scopes asked for, each known and allowed to the client. */
  readonly scope: readonly string[]
  /** Resource identifiers (RFC 8707); the default resource where the client named none. */
  readonly resources: readonly string[]
  readonly state?: string
  readonly codeChallenge: string
  /** From `dpop_jkt` or from the proof at PAR (RFC 9449 §10, §10.1). */
  readonly dpopJkt?: Jkt
  /** The key signed a proof at PAR; with `dpop_jkt` alone the client has only named it so far. */
  readonly keyProved?: boolean
  readonly idTokenNonce?: string
  /** From `claims`: what is to stand in the ID token too, as far as the scope covers it. */
  readonly idTokenClaims?: readonly string[]
  readonly prompt: readonly ('none' | 'login' | 'consent' | 'select_account')[]
  readonly maxAge?: number
  /** From `id_token_hint` or `claims`: nobody else may be signed in for this request. */
  readonly expectedSubject?: string
  readonly loginHint?: string
}
