import type { AuthorizationServer } from '../authorization-server.ts'
import { type ReasonId, refused } from '../refused.ts'
import type { Write } from './grant-store.ts'

/** A write, and the rule that its condition decides. */
export interface DecidingWrite {
  readonly write: Write
  /** Absent where the condition cannot fail, save by a fault of ours. */
  readonly rule?: ReasonId
}

/**
 * All the writes of a request in one transaction, or none of them.
 * @throws OAuthError of the rule whose write did not hold
 */
export async function commit(
  server: AuthorizationServer,
  decisions: readonly DecidingWrite[],
): Promise<void> {
  if (decisions.length === 0) return
  const lost = await server.grantStore.commit(decisions.map(({ write }) => write))
  if (!lost) return
  const rule = decisions.find(({ write }) => write === lost)?.rule
  throw rule ? refused(rule) : new Error(`The store refused to ${lost.do}`)
}
