import { freshEntries, type LedgerDriver } from './driver.ts'

/** More than any driver remembers in a second. */
const fastest = 300_000

export interface Rate {
  /** Keys remembered per second. */
  readonly perSecond: number
  /** Microseconds of this process's CPU for each key; a server has its own beside. */
  readonly cpu: number
}

/** What so many callers reach, each of whom asks again as soon as it is answered. */
export async function rateOf(
  driver: Pick<LedgerDriver, 'name' | 'remember'>,
  callers: number,
  seconds: number,
): Promise<Rate> {
  const now = Math.floor(Date.now() / 1000)
  // The time for making keys is not the ledger's.
  const entries = freshEntries(Math.ceil(fastest * seconds), now)
  const cpu = process.cpuUsage()
  const started = performance.now()
  const end = started + seconds * 1000
  let next = 0
  async function caller(): Promise<void> {
    while (performance.now() < end) {
      const entry = entries[next++]
      if (!entry) return
      if (!(await driver.remember(entry))) throw new Error(`${driver.name} refused a new key`)
    }
  }
  await Promise.all(Array.from({ length: callers }, caller))
  const perSecond = next / ((performance.now() - started) / 1000)
  const { user, system } = process.cpuUsage(cpu)
  return { perSecond, cpu: (user + system) / next }
}
