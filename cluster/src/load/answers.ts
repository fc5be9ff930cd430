import type { Answer } from '../race/race-platform.ts'

/** What came of the requests of a load, with the milliseconds that each took. */
export interface Answers {
  readonly served: number[]
  /** 429 or 503, with Retry-After. */
  readonly refused: number[]
  /** Whatever else came, or did not come, and how often. */
  readonly others: Map<string, number>
}

export function noAnswers(): Answers {
  return { served: [], refused: [], others: new Map() }
}

/** Writes down what comes of one request. Never rejects. */
export async function note(answers: Answers, sent: Promise<Answer>): Promise<void> {
  const since = performance.now()
  let what: string
  try {
    const { status, headers, text } = await sent
    const took = performance.now() - since
    if (status === 200) return void answers.served.push(took)
    if ((status === 503 || status === 429) && headers.has('retry-after'))
      return void answers.refused.push(took)
    what = `${status} ${text.slice(0, 120)}`
  } catch (error) {
    what = error instanceof Error ? error.message : String(error)
  }
  answers.others.set(what, (answers.others.get(what) ?? 0) + 1)
}

/** `fraction` of all took this many milliseconds or less; NaN of none. */
export function quantile(milliseconds: readonly number[], fraction: number): number {
  const sorted = [...milliseconds].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(fraction * sorted.length))] ?? Number.NaN
}

/** `12,345 served (p50 1.2 ms, p99 9.9 ms)` and so on, each only where there were some. */
export function describeAnswers({ served, refused, others }: Answers): string {
  const times = (all: readonly number[]) =>
    `p50 ${quantile(all, 0.5).toFixed(1)} ms, p99 ${quantile(all, 0.99).toFixed(1)} ms`
  const parts = [`${served.length} served (${times(served)})`]
  if (refused.length > 0) parts.push(`${refused.length} refused (${times(refused)})`)
  for (const [what, count] of others) parts.push(`${count} × ${what}`)
  return parts.join('; ')
}
