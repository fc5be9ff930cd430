import type { ServerResponse } from 'node:http'
import type { Refusal } from './refusal.ts'

export interface InFlight {
  /** Whether one more request may go to the handler; it then counts until its answer has begun or its client has gone. */
  mayEnter(res: ServerResponse): boolean
  /** How many more may. */
  room(): number
}

/**
 * Counts the requests that are worked on. At most `most` are worked on at once: more would only wait for each other, each of
 * them longer, until their clients have gone. An answer that has begun is no work any more, so that neither an event stream nor a client
 * that reads slowly keeps others out; what they hold is limited by `Limits.connections`.
 */
export function limitInFlight(most: number): InFlight {
  const working = new Set<ServerResponse>()
  function forgetAnswered(): void {
    if (working.size >= most) for (const one of working) if (one.headersSent) working.delete(one)
  }

  return {
    mayEnter(res) {
      forgetAnswered()
      if (working.size >= most) return false
      working.add(res)
      res.once('close', () => working.delete(res))
      return true
    },
    room() {
      forgetAnswered()
      return most - working.size
    },
  }
}

/**
 * The targets that ask whether this process lives, at its root and below `basePath`. Whoever asks must not hear that it is busy: a replica taken
 * out makes the others busier.
 */
export function probesBelow(basePath: string): ReadonlySet<string | undefined> {
  return new Set(['', basePath].flatMap((at) => [`${at}/healthz`, `${at}/readyz`]))
}

/** @see RFC 9110 §15.6.4 */
export const tooBusy: Refusal = {
  status: 503,
  error: 'temporarily_unavailable',
  rule: 'server.busy',
  sentence: 'this server works on as many requests as it can; send this one again in a second',
}
