import { CHECKS, type CheckId } from '@keybound/dpop/server'
import type { FeedEvent } from '@keybound/monitoring'
import { checkGuides } from '../checks/check-guides.ts'

export interface Cause {
  readonly check: string
  readonly count: number
  readonly clients: readonly string[]
  /** NumericDate of the last one. */
  readonly last: number
  /** What to do about it; undefined for a reason that is no check. */
  readonly fix: string | undefined
  /** Asking for a nonce is no fault. */
  readonly normal: boolean
}

/** The answers with 401 of the last `seconds`, by what caused them, most first. */
export function causesOf401(events: readonly FeedEvent[], now: number, seconds = 300): readonly Cause[] {
  const recent = events.filter(({ status, at }) => status === 401 && at > now - seconds)
  const checks = [...new Set(recent.map(({ check = 'none' }) => check))]
  return checks
    .map((check): Cause => {
      const mine = recent.filter((event) => (event.check ?? 'none') === check)
      return {
        check,
        count: mine.length,
        clients: [...new Set(mine.flatMap(({ clientId }) => clientId ?? []))],
        last: Math.max(...mine.map(({ at }) => at)),
        fix: isCheckId(check) ? checkGuides[check].client : undefined,
        normal: mine.every(({ outcome }) => outcome === 'challenged'),
      }
    })
    .sort((a, b) => b.count - a.count)
}

export function isCheckId(text: string): text is CheckId {
  return CHECKS.some(({ id }) => id === text)
}
