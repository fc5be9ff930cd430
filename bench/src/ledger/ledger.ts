import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { missingServers, startPostgres } from '@keybound/testkit/servers'
import { quantile } from '../paired.ts'
import { freshEntry, type LedgerDriver } from './driver.ts'
import { formatLedger } from './format-ledger.ts'
import { postgresDrivers } from './postgres-drivers.ts'
import { type Rate, rateOf } from './rate-of.ts'
import { redisDrivers } from './redis-drivers.ts'
import { sqliteDrivers } from './sqlite-drivers.ts'

/** What one driver did with so many rows in it. */
export interface LedgerFigures {
  readonly driver: string
  readonly isBaseline: boolean
  readonly rows: number
  /** By the number of callers; the median of the rounds. */
  readonly rates: Readonly<Record<string, Rate & { readonly ratio: number }>>
  readonly octetsPerRow: number
  /** Milliseconds that one caller waited while everything expired was deleted: half of them, 99 of 100, the longest; and for how long it took, in microseconds a row. */
  readonly expiry?: {
    readonly p50: number
    readonly p99: number
    readonly longest: number
    readonly perRow: number
  }
}

/** The drivers of one store side by side, each with few rows and with many. None where its server is not installed. */
export async function benchLedger(
  store: keyof typeof STORES,
  { quick }: { readonly quick: boolean },
): Promise<LedgerFigures[]> {
  const missing = store === 'SQLite' ? [] : missingServers([store])
  if (missing.length > 0) {
    console.log(`Not measured: ${missing.join(' ')}`)
    return []
  }
  const effort = quick
    ? { rows: [1_000], rounds: 1, seconds: 0.2, callers: [1, 16] }
    : { rows: [10_000, 1_000_000], rounds: 5, seconds: 0.5, callers: [1, 16, 128] }
  const figures = await STORES[store](async (drivers) => measured(drivers, effort))
  console.log(formatLedger(figures))
  return figures
}

type Measure = (drivers: readonly LedgerDriver[]) => Promise<LedgerFigures[]>

/** What has to be there for the drivers of a store, and is away afterwards. */
const STORES = {
  async SQLite(measure: Measure) {
    const directory = mkdtempSync(join(tmpdir(), 'keybound-bench-ledger-'))
    try {
      return await measure(await sqliteDrivers(directory))
    } finally {
      rmSync(directory, { recursive: true, force: true })
    }
  },
  async Redis(measure: Measure) {
    return measure(await redisDrivers())
  },
  async PostgreSQL(measure: Measure) {
    const server = await startPostgres({ shared_buffers: '512MB', max_wal_size: '4GB' })
    try {
      return await measure(await postgresDrivers(server))
    } finally {
      await server.stop()
    }
  },
}

interface Effort {
  readonly rows: readonly number[]
  readonly rounds: number
  /** Of each driver in each round. */
  readonly seconds: number
  readonly callers: readonly number[]
}

async function measured(drivers: readonly LedgerDriver[], effort: Effort): Promise<LedgerFigures[]> {
  const figures: LedgerFigures[] = []
  const live = Math.floor(Date.now() / 1000) + 86_400
  for (const driver of drivers) await prove(driver)
  let filled = 0
  for (const rows of effort.rows) {
    const sizes = new Map<LedgerDriver, number>()
    for (const driver of drivers) {
      const before = await driver.size()
      await driver.fill(rows - filled, live)
      sizes.set(driver, ((await driver.size()) - before) / (rows - filled))
      await rateOf(driver, 16, effort.seconds)
    }
    filled = rows
    const rates = new Map(drivers.map((driver) => [driver, {} as LedgerFigures['rates']]))
    for (const callers of effort.callers) {
      const paired = await pairedRates(drivers, callers, effort)
      for (const driver of drivers) {
        rates.set(driver, { ...rates.get(driver), [callers]: medianOf(driver, paired) })
      }
    }
    for (const driver of drivers) {
      figures.push({
        driver: driver.name,
        isBaseline: driver.isBaseline === true,
        rows,
        rates: rates.get(driver) ?? {},
        octetsPerRow: sizes.get(driver) ?? 0,
        ...(driver.sweep && { expiry: await expiryOf(driver, driver.sweep, rows) }),
      })
    }
  }
  for (const driver of drivers) await driver.close()
  return figures
}

type Round = ReadonlyMap<LedgerDriver, Rate>

/** Side by side in short rounds, so that a machine that is slow for a moment is slow for all of them. */
async function pairedRates(
  drivers: readonly LedgerDriver[],
  callers: number,
  { rounds, seconds }: Effort,
): Promise<readonly Round[]> {
  const all: Round[] = []
  for (let round = 0; round < rounds; round++) {
    const one = new Map<LedgerDriver, Rate>()
    for (const driver of drivers) one.set(driver, await rateOf(driver, callers, seconds))
    all.push(one)
  }
  return all
}

function medianOf(driver: LedgerDriver, rounds: readonly Round[]): Rate & { readonly ratio: number } {
  const median = (read: (own: Rate, baseline: Rate) => number) => {
    const values = rounds.map((round) => {
      const baseline = [...round].find(([one]) => one.isBaseline)?.[1]
      const own = round.get(driver)
      if (!own || !baseline) throw new TypeError('No baseline')
      return read(own, baseline)
    })
    return quantile(values, 0.5)
  }
  return {
    perSecond: median((own) => own.perSecond),
    cpu: median((own) => own.cpu),
    ratio: median((own, baseline) => own.perSecond / baseline.perSecond),
  }
}

/** Nothing is measured that does not decide. */
async function prove(driver: LedgerDriver): Promise<void> {
  const entry = freshEntry(Math.floor(Date.now() / 1000))
  const answers = [await driver.remember(entry), await driver.remember(entry)]
  if (answers[0] !== true || answers[1] !== false) throw new Error(`${driver.name} does not tell a replay`)
}

/** So many rows have ended; one caller goes on while they are deleted. */
async function expiryOf(
  driver: LedgerDriver,
  sweep: (now: number) => Promise<void>,
  count: number,
): Promise<NonNullable<LedgerFigures['expiry']>> {
  const now = Math.floor(Date.now() / 1000)
  await driver.fill(count, now - 3600)
  const waits: number[] = []
  const started = performance.now()
  let done = false
  const sweeping = sweep(now - 1800).then(() => {
    done = true
  })
  while (!done) {
    const asked = performance.now()
    await driver.remember(freshEntry(now))
    waits.push(performance.now() - asked)
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  await sweeping
  return {
    p50: quantile(waits, 0.5),
    p99: quantile(waits, 0.99),
    longest: Math.max(...waits),
    perRow: ((performance.now() - started) * 1000) / count,
  }
}
