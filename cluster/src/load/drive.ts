import { setTimeout as pause } from 'node:timers/promises'
import { type Answers, noAnswers, note } from './answers.ts'
import type { Source } from './sources.ts'

/** What came of a load, and how long it took. */
export interface Driven extends Answers {
  readonly seconds: number
}

/** So many callers, each of which sends its next request when the last one is answered: what a server can do at most. */
export async function closedLoop(
  { next, send }: Source,
  { callers, seconds }: { readonly callers: number; readonly seconds: number },
): Promise<Driven> {
  const answers = noAnswers()
  const began = performance.now()
  async function call(): Promise<void> {
    while (performance.now() - began < seconds * 1000) {
      const request = await next()
      if (!request) return
      await note(answers, send(request))
    }
  }
  await Promise.all(Array.from({ length: callers }, call))
  return { ...answers, seconds: (performance.now() - began) / 1000 }
}

export interface OpenLoop {
  /** Requests per second. */
  readonly rate: number
  readonly seconds: number
  /** Requests without an answer at most; what would be one more is held back, as by a client with no connection left. */
  readonly connections: number
  /** Told once a second. */
  readonly everySecond?: (second: number) => unknown
}

/** So many requests a second, whether or not those before were answered: what the world sends. */
export async function openLoop(
  { next, send }: Source,
  { rate, seconds, connections, everySecond }: OpenLoop,
): Promise<Driven & { readonly sent: number; readonly heldBack: number }> {
  const answers = noAnswers()
  const began = performance.now()
  const elapsed = () => (performance.now() - began) / 1000
  const all = Math.round(rate * seconds)
  let [due, sent, heldBack, waiting, second] = [0, 0, 0, 0, 0]

  async function go(): Promise<void> {
    waiting += 1
    try {
      const request = await next()
      if (!request) return
      sent += 1
      await note(answers, send(request))
    } finally {
      waiting -= 1
    }
  }
  while (due < all) {
    for (const now = Math.min(all, Math.floor(elapsed() * rate)); due < now; due++) {
      if (waiting < connections) void go()
      else heldBack += 1
    }
    if (elapsed() >= second + 1) everySecond?.(++second)
    await pause(5)
  }
  const took = elapsed()
  while (waiting > 0) await pause(20)
  return { ...answers, seconds: took, sent, heldBack }
}
