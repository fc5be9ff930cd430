import type { Grant, RefreshTokenRecord } from './grant-store.ts'

/**
 * Where a refresh token is in its life.
 *
 * ```
 * live ── used, client rotates ──► rotated ──► used again within the window, successor unused ──► retry: successor void, a new one
 *   │                                 └──────► used again otherwise ──► reused: the family ends
 *   └── expired, or its grant has ended ──► ended
 * void (a successor that a retry replaced) ──► ended
 * ```
 * A void token is only refused: whoever holds it lost a race against another tab, and no stranger can have it, for it is held by a
 * key or by the client's authentication.
 */
export type RefreshTokenState = 'live' | 'retry' | 'reused' | 'ended'

/** @param successor of a rotated token @param retryWindow in seconds, from the first rotation on */
export function refreshTokenState(
  token: RefreshTokenRecord,
  grant: Grant,
  successor: RefreshTokenRecord | undefined,
  retryWindow: number,
  now: number,
): RefreshTokenState {
  if (grant.revokedAt !== undefined || grant.expiresAt <= now || token.voidedAt !== undefined) return 'ended'
  if (token.rotatedAt === undefined) return token.expiresAt <= now ? 'ended' : 'live'
  const unused = successor && successor.rotatedAt === undefined && successor.voidedAt === undefined
  return unused && now <= token.rotatedAt + retryWindow ? 'retry' : 'reused'
}
