import type { Clock } from '@keybound/oauth'

/** A clock that stands still until it is told to move. Seconds since 1970, as everywhere. */
export interface FixedClock {
  /** Bound: pass `clock.now` wherever a Clock is asked for. */
  readonly now: Clock
  advance(seconds: number): void
  set(now: number): void
}

/** Starts at 2026-01-01T00:00:00Z unless told otherwise. */
export function fixedClock(start = 1_767_225_600): FixedClock {
  let current = start
  return {
    now: () => current,
    advance(seconds) {
      current += seconds
    },
    set(now) {
      current = now
    },
  }
}
