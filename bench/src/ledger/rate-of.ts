import { freshEntry, type LedgerDriver } from './driver.ts'

/** Keys remembered per second by so many callers, each of whom asks again as soon as it is answered. */
export async function rateOf(driver: LedgerDriver, callers: number, seconds: number): Promise<number> {
  const now = Math.floor(Date.now() / 1000)
  // The time for making keys is not the ledger's.
  const entries = Array.from({ length: 400_000 }, () => freshEntry(now))
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
  return next / ((performance.now() - started) / 1000)
}
