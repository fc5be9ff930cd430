/** How far the clock of each server is ahead of ours, in seconds, as learnt from its Date headers. */
export interface ClockOffsets {
  /** Seconds to add to our time; 0 for a server nothing was learnt of. */
  get(origin: string): number
  /** True if what was learnt moves our idea of that clock by more than a few seconds. */
  learn(origin: string, response: Response, now: number): boolean
}

/** A Date header has whole seconds and the answer has travelled: less than this is noise. */
const NOISE = 3

/** In memory, for at most 1,000 origins. A page can read the Date of another origin only where that exposes it (Access-Control-Expose-Headers), as Keybound's servers do. Only for clients whose clock may be wrong: a server can make them date proofs as it likes (it can refuse them anyway). */
export function createClockOffsets(): ClockOffsets {
  const offsets = new Map<string, number>()
  return {
    get: (origin) => offsets.get(origin) ?? 0,
    learn(origin, response, now) {
      const date = Date.parse(response.headers.get('date') ?? '') / 1000
      const offset = date + 0.5 - now
      if (!Number.isFinite(offset) || Math.abs(offset - (offsets.get(origin) ?? 0)) <= NOISE) return false
      if (offsets.size < 1000 || offsets.has(origin))
        offsets.set(origin, Math.abs(offset) <= NOISE ? 0 : offset)
      return true
    },
  }
}
