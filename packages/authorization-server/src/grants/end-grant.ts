import { type ReasonId, refused } from '../refused.ts'
import type { GrantRequest } from './grant-request.ts'
import type { Grant } from './grant-store.ts'

/** Two parties hold the same code or refresh token, and neither can be told from the thief: the grant ends with all its tokens, and this request is refused. */
export function endGrant({ id }: Grant, rule: ReasonId, now: number): GrantRequest {
  return { writes: [{ write: { do: 'revoke grant', grantId: id, at: now } }], outcome: refused(rule) }
}
