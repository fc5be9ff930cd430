import type { Jkt } from '@keybound/dpop'
import type { CodeRecord, Grant } from './grant-store.ts'

/**
 * Where an authorization code is in its life.
 *
 * ```
 * live ── redeemed ──► consumed ──► used again, by the key that redeemed it ──► reused: what it gave ends
 *   │                      └──────► used again, by another key or by none ────► ended: only refused
 *   └── expired ──► ended
 * ```
 * Asked only when client, redirect_uri and code_verifier match. Reuse means that two parties hold everything there is to hold (RFC 6749
 * §4.1.2), so all of it ends; a stranger who merely saw the code must not be able to sign the user out. A replayed proof never comes
 * this far, because its jti is spent in the same commit.
 */
export type CodeState = 'live' | 'reused' | 'ended'

/** @param given what the code gave, where it was redeemed @param jkt of this request's proof */
export function codeState(
  code: Pick<CodeRecord, 'consumedAt' | 'expiresAt'>,
  given: Pick<Grant, 'jkt'> | undefined,
  jkt: Jkt | undefined,
  now: number,
): CodeState {
  if (code.consumedAt === undefined) return code.expiresAt <= now ? 'ended' : 'live'
  return given !== undefined && given.jkt === jkt ? 'reused' : 'ended'
}
