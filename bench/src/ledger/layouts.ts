import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Connection from 'better-sqlite3'
import { median, shuffled } from '../paired.ts'
import { type Layout, layouts } from './candidate-layouts.ts'

/** Keys in one transaction. */
const groups = [1, 16, 128] as const

/** The end of the rows that are measured; those that fill the table end before. */
const end = 1_800_000_120

/** What a layout costs with so many rows in it. */
export interface LayoutFigures {
  readonly layout: string
  readonly rows: number
  /** By the keys in one transaction: microseconds for each key, of this process's CPU and by the clock; medians of the rounds. */
  readonly costs: Readonly<Record<number, Cost>>
  readonly octetsPerRow: number
  /** Whether the same jti with another iat, which has another end, is refused. */
  readonly strict: boolean
}

interface Cost {
  readonly cpu: number
  readonly clock: number
}

/** Every layout with the driver alone, side by side in short rounds; what a round put is deleted after it. */
export function benchLayouts({ quick }: { readonly quick: boolean }): LayoutFigures[] {
  const effort = quick
    ? { sizes: [1_000], rounds: 1, milliseconds: 5 }
    : { sizes: [10_000, 1_000_000], rounds: 7, milliseconds: 100 }
  const directory = mkdtempSync(join(tmpdir(), 'keybound-bench-layouts-'))
  try {
    const tables = layouts.flatMap((layout, i) =>
      effort.sizes.map((rows) => openTable(join(directory, `${i}-${rows}.db`), layout, rows)),
    )
    for (const table of tables) table.cost(16, effort.milliseconds)
    const costs = new Map(tables.map((table) => [table, groups.map(() => [] as Cost[])]))
    for (let round = 0; round < effort.rounds; round++) {
      for (const [i, group] of groups.entries()) {
        for (const table of shuffled(tables))
          costs.get(table)?.[i]?.push(table.cost(group, effort.milliseconds))
      }
    }
    for (const table of tables) table.close()
    return tables.map((table) => ({ ...table.figures, costs: medians(costs.get(table) ?? []) }))
  } finally {
    rmSync(directory, { recursive: true })
  }
}

interface Table {
  readonly figures: Omit<LayoutFigures, 'costs'>
  cost(group: number, milliseconds: number): Cost
  close(): void
}

function openTable(file: string, layout: Layout, rows: number): Table {
  const db = new Connection(file)
  db.pragma(`page_size = ${layout.pageSize ?? 4096}`)
  db.pragma('journal_mode = WAL')
  db.pragma(`synchronous = ${layout.synchronous ?? 'NORMAL'}`)
  db.pragma('cache_size = -65536')
  db.exec(`CREATE TABLE ${layout.table}`)
  // As they would have come: from one second to the next the end grows.
  db.exec(`INSERT INTO ledger (${layout.columns}, expires_at)
    WITH RECURSIVE n (i, rows) AS (SELECT 1, ${rows} UNION ALL SELECT i + 1, rows FROM n WHERE i < ${rows})
    SELECT ${layout.values}, ${end - 120} + (i - 1) * 120 / rows FROM n`)
  db.pragma('wal_checkpoint(TRUNCATE)')
  const octetsPerRow = statSync(file).size / rows
  const statement = db.prepare(layout.insert)
  const insert = db.transaction((entries: readonly object[]) =>
    entries.map((entry) => statement.run(entry).changes === 1),
  )
  const { autocheckpoint = 800 } = layout
  const used = entryAt(end)
  insert([used])
  const strict = insert([{ ...used, expiresAt: end + 1 }])[0] === false

  return {
    figures: { layout: layout.name, rows, octetsPerRow, strict },
    cost(group, milliseconds) {
      db.pragma(`wal_autocheckpoint = ${autocheckpoint}`)
      const prepared = Array.from({ length: 50 * milliseconds }, () => entryAt(end))
      const cpu = process.cpuUsage()
      const started = performance.now()
      let keys = 0
      while (keys + group <= prepared.length && performance.now() - started < milliseconds) {
        insert(prepared.slice(keys, keys + group))
        keys += group
      }
      // What the last pages of the log cost is theirs, too.
      if (autocheckpoint > 0) db.pragma('wal_checkpoint(PASSIVE)')
      const clock = ((performance.now() - started) * 1000) / keys
      const { user, system } = process.cpuUsage(cpu)
      db.prepare('DELETE FROM ledger WHERE expires_at >= ?').run(end)
      db.pragma('wal_checkpoint(RESTART)')
      return { cpu: (user + system) / keys, clock }
    },
    close: () => db.close(),
  }
}

function entryAt(expiresAt: number): { key: Buffer; short: Buffer; id: bigint; expiresAt: number } {
  const key = randomBytes(16)
  return { key, short: key.subarray(0, 8), id: key.readBigUInt64BE() >> 1n, expiresAt }
}

function medians(costs: readonly (readonly Cost[])[]): LayoutFigures['costs'] {
  return Object.fromEntries(
    groups.map((group, i) => {
      const own = costs[i] ?? []
      return [group, { cpu: median(own.map(({ cpu }) => cpu)), clock: median(own.map(({ clock }) => clock)) }]
    }),
  )
}

export function formatLayouts(figures: readonly LayoutFigures[]): string {
  const lines = figures.map((one) => [
    one.layout,
    one.rows.toLocaleString('en'),
    ...groups.map((group) => `${one.costs[group]?.cpu.toFixed(1)} (${one.costs[group]?.clock.toFixed(1)})`),
    Math.round(one.octetsPerRow),
    one.strict ? 'refused' : 'ACCEPTED',
  ])
  const head = ['layout', 'rows', ...groups.map((group) => `${group} in a transaction`)]
  const all = [[...head, 'octets a row', 'same jti, another iat'], head.map(() => '---').concat('---', '---')]
  return [
    'Microseconds for each key: of CPU (by the clock); medians of the rounds.',
    '',
    ...[...all, ...lines].map((cells) => `| ${cells.join(' | ')} |`),
    '',
  ].join('\n')
}
