import { quantile } from '../paired.ts'
import { freshEntry, type LedgerDriver } from './driver.ts'

/** Milliseconds that one caller, who asks about every other millisecond, waited: half of the times, 99 of 100, and the longest of each turn. */
export interface Waits {
  readonly p50: number
  readonly p99: number
  readonly longest: readonly number[]
}

export interface ExpiryFigures {
  /** How long the deleting took, in microseconds for each row that had ended. */
  readonly perRow: number
  /** While rows that had ended were deleted. */
  readonly meanwhile: Waits
  /** For as long each time, with nothing to delete: what the machine, its disk and the store make anybody wait. */
  readonly otherwise: Waits
}

/** In every turn `count` rows have ended and are deleted, and as long a time goes by without; by turns before and after. */
export async function expiryOf(
  driver: LedgerDriver,
  end: NonNullable<LedgerDriver['end']>,
  count: number,
  turns: number,
): Promise<ExpiryFigures> {
  const meanwhile: (readonly number[])[] = []
  const otherwise: (readonly number[])[] = []
  const durations: number[] = []

  async function deleting(work: () => Promise<void>): Promise<void> {
    const started = performance.now()
    meanwhile.push(await waitsUntil(driver, work()))
    durations.push(performance.now() - started)
  }
  async function resting(): Promise<void> {
    const duration = durations.at(-1) ?? 0
    otherwise.push(await waitsUntil(driver, new Promise((resolve) => setTimeout(resolve, duration))))
  }
  for (let turn = 0; turn < turns; turn++) {
    const work = await end(count)
    if (turn % 2 === 1) await resting()
    await deleting(work)
    if (turn % 2 === 0) await resting()
  }
  return {
    perRow: (quantile(durations, 0.5) * 1000) / count,
    meanwhile: summary(meanwhile),
    otherwise: summary(otherwise),
  }
}

async function waitsUntil(driver: LedgerDriver, end: Promise<void>): Promise<readonly number[]> {
  const waits: number[] = []
  let hasEnded = false
  const ending = end.then(() => {
    hasEnded = true
  })
  while (!hasEnded) {
    const entry = freshEntry(Math.floor(Date.now() / 1000))
    const asked = performance.now()
    await driver.remember(entry)
    waits.push(performance.now() - asked)
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  await ending
  return waits
}

function summary(turns: readonly (readonly number[])[]): Waits {
  return {
    p50: quantile(turns.flat(), 0.5),
    p99: quantile(turns.flat(), 0.99),
    longest: turns.map((waits) => Math.max(...waits)).sort((a, b) => a - b),
  }
}
