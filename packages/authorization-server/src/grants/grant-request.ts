import type { OAuthError } from '@keybound/oauth'
import type { Issuance } from '../token/issuance.ts'
import type { DecidingWrite } from './deciding-write.ts'

/**
 * What a grant_type handler found. `writes` are committed in either case, and only all of them: then the tokens are issued, or the
 * request is refused — the reuse of a code or refresh token ends what it gave, and still gets nothing.
 */
export interface GrantRequest {
  readonly writes: readonly DecidingWrite[]
  readonly outcome: Issuance | OAuthError
}
