import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { missingServers, startPostgres } from '@keybound/testkit/servers'
import { freshEntry, type LedgerDriver } from './driver.ts'
import { formatLedger } from './format-ledger.ts'
import { postgresDrivers } from './postgres-drivers.ts'
import { rateOf } from './rate-of.ts'
import { redisDrivers } from './redis-drivers.ts'
import { type Filled, type PairedRate, pairedRates } from './rounds.ts'
import { sqliteDrivers } from './sqlite-drivers.ts'
import { type ExpiryFigures, expiryOf } from './waits.ts'

/** What one driver did with so many rows in it. */
export interface LedgerFigures {
  readonly driver: string
  readonly isBaseline: boolean
  readonly rows: number
  /** By the number of callers. */
  readonly rates: Readonly<Record<string, PairedRate>>
  readonly octetsPerRow: number
  readonly expiry?: ExpiryFigures
}

interface Effort {
  readonly rows: readonly number[]
  readonly rounds: number
  /** Of each driver in each round. */
  readonly seconds: number
  readonly callers: readonly number[]
  /** How often what ended, a quarter of the rows each time, is deleted. */
  readonly turns: number
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
    ? { rows: [1_000], rounds: 1, seconds: 0.2, callers: [1, 16], turns: 1 }
    : { rows: [10_000, 1_000_000], rounds: 7, seconds: 0.2, callers: [1, 16, 128], turns: 4 }
  const figures = await STORES[store]((open) => measured(open, effort))
  console.log(formatLedger(figures))
  return figures
}

/** Drivers of their own for so many rows. */
type Open = (rows: number) => Promise<LedgerDriver[]>
type Measure = (open: Open) => Promise<LedgerFigures[]>

/** What has to be there for the drivers of a store, and is away afterwards. */
const STORES = {
  async SQLite(measure: Measure) {
    const directory = mkdtempSync(join(tmpdir(), 'keybound-bench-ledger-'))
    try {
      return await measure((rows) => sqliteDrivers(join(directory, `${rows}`)))
    } finally {
      rmSync(directory, { recursive: true, force: true })
    }
  },
  async Redis(measure: Measure) {
    return measure(redisDrivers)
  },
  async PostgreSQL(measure: Measure) {
    const server = await startPostgres({ shared_buffers: '512MB', max_wal_size: '4GB' })
    try {
      return await measure((rows) => postgresDrivers(server, `${rows}`))
    } finally {
      await server.stop()
    }
  },
}

async function measured(open: Open, effort: Effort): Promise<LedgerFigures[]> {
  const live = Math.floor(Date.now() / 1000) + 86_400
  const all: Filled[] = []
  for (const rows of effort.rows) {
    for (const driver of await open(rows)) all.push(await filled(driver, rows, live))
  }
  const rates = new Map<string, ReadonlyMap<Filled, PairedRate>>()
  for (const callers of effort.callers) rates.set(`${callers}`, await pairedRates(all, callers, live, effort))
  const figures: LedgerFigures[] = []
  for (const one of all) {
    const { driver, rows, octetsPerRow } = one
    figures.push({
      driver: driver.name,
      isBaseline: driver.isBaseline === true,
      rows,
      rates: Object.fromEntries([...rates].map(([callers, of]) => [callers, of.get(one) as PairedRate])),
      octetsPerRow,
      ...(driver.end && { expiry: await expiryOf(driver, driver.end, rows / 4, effort.turns) }),
    })
  }
  for (const { driver } of all) await driver.close()
  return figures
}

/** Nothing is measured that does not decide. */
async function filled(driver: LedgerDriver, rows: number, live: number): Promise<Filled> {
  const entry = freshEntry(Math.floor(Date.now() / 1000))
  const answers = [await driver.remember(entry), await driver.remember(entry)]
  if (answers[0] !== true || answers[1] !== false) throw new Error(`${driver.name} does not tell a replay`)
  const before = await driver.size()
  await driver.fill(rows, live)
  const octetsPerRow = ((await driver.size()) - before) / rows
  await rateOf(driver, 16, 0.2)
  await driver.trim(live)
  return { driver, rows, octetsPerRow }
}
