import type { Attempt } from './attempt.ts'
import type { Answer, Sendable } from './race-platform.ts'

/** One thing that is good once, and those who race for it. */
export interface Heat {
  /** The request of one more racer. */
  request(): Promise<Sendable>
  /** Whether an answer means that this racer won; status 200 unless given. */
  readonly isOk?: (answer: Answer) => boolean
  /** Reads the history and the stores: what is wrong, as sentences. */
  judge(attempts: readonly Attempt[]): Promise<readonly string[]>
}

/** The one that won; `faults` where two did, or where somebody was answered in a way that nobody expects. */
export function oneWinner(attempts: readonly Attempt[]): {
  readonly winner: Attempt | undefined
  readonly faults: readonly string[]
} {
  const won = attempts.filter(({ outcome }) => outcome === 'ok')
  const strange = attempts.filter(
    ({ answer }) => answer && !expected.has(answer.status) && !(answer.status >= 300 && answer.status < 400),
  )
  return {
    winner: won[0],
    faults: [
      ...(won.length > 1 ? [`${won.length} won`] : []),
      ...strange.map(({ answer }) => `answered ${answer?.status}: ${answer?.text.slice(0, 200)}`),
    ],
  }
}

const expected = new Set([200, 400, 401, 503])
