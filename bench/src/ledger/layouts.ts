import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Connection from 'better-sqlite3'

/** A table that could be the ledger of an SQLite file. */
interface Layout {
  readonly name: string
  readonly table: string
  /** Inserts `@key` (16 random bytes) or `@id` (63 random bits) with `@expiresAt` where it is new. */
  readonly insert: string
  readonly pageSize?: number
  readonly autocheckpoint?: number
}

const plain = 'INSERT INTO ledger (key, expires_at) VALUES (@key, @expiresAt) ON CONFLICT DO NOTHING'

const layouts: readonly Layout[] = [
  {
    name: 'key primary, WITHOUT ROWID',
    table: 'ledger (key BLOB PRIMARY KEY, expires_at REAL) WITHOUT ROWID',
    insert: plain,
  },
  {
    name: 'the same, checkpoint every 1,000 pages',
    table: 'ledger (key BLOB PRIMARY KEY, expires_at REAL) WITHOUT ROWID',
    insert: plain,
    autocheckpoint: 1000,
  },
  {
    name: 'the same, checkpoint every 20,000 pages',
    table: 'ledger (key BLOB PRIMARY KEY, expires_at REAL) WITHOUT ROWID',
    insert: plain,
    autocheckpoint: 20_000,
  },
  {
    name: 'the same, pages of 1 KB',
    table: 'ledger (key BLOB PRIMARY KEY, expires_at REAL) WITHOUT ROWID',
    insert: plain,
    pageSize: 1024,
    autocheckpoint: 16_000,
  },
  {
    name: 'the same, index on the expiry',
    table:
      'ledger (key BLOB PRIMARY KEY, expires_at REAL) WITHOUT ROWID; CREATE INDEX e ON ledger (expires_at)',
    insert: plain,
  },
  {
    name: 'as Prisma makes it: rowid, unique key, index on the expiry',
    table: 'ledger (key BLOB PRIMARY KEY, expires_at REAL); CREATE INDEX e ON ledger (expires_at)',
    insert: plain,
  },
  {
    name: '63 bits of the key as the rowid',
    table: 'ledger (id INTEGER PRIMARY KEY, expires_at REAL)',
    insert: 'INSERT INTO ledger (id, expires_at) VALUES (@id, @expiresAt) ON CONFLICT DO NOTHING',
  },
  {
    name: 'expiry and key primary, WITHOUT ROWID',
    table: 'ledger (expires_at REAL, key BLOB, PRIMARY KEY (expires_at, key)) WITHOUT ROWID',
    insert: plain,
  },
]

/** What a layout costs: microseconds of this process's CPU for each key. */
export interface LayoutFigures {
  readonly layout: string
  readonly rows: number
  readonly alone: number
  readonly together: number
  readonly octetsPerRow: number
  /** Whether the same jti with another iat, which has another end, is refused. */
  readonly strict: boolean
}

/** Every layout with the driver alone: one key a transaction, and 128. CPU, since what else the machine does changes it least. */
export function benchLayouts({ quick }: { readonly quick: boolean }): LayoutFigures[] {
  const sizes = quick ? [1_000] : [10_000, 1_000_000]
  const figures: LayoutFigures[] = []
  for (const layout of layouts) {
    for (const rows of sizes) figures.push(measured(layout, rows, quick ? 1_280 : 64_000))
  }
  return figures
}

function measured(layout: Layout, rows: number, keys: number): LayoutFigures {
  const directory = mkdtempSync(join(tmpdir(), 'keybound-bench-layout-'))
  const db = new Connection(join(directory, 'ledger.db'))
  try {
    db.pragma(`page_size = ${layout.pageSize ?? 4096}`)
    db.pragma('journal_mode = WAL')
    db.pragma('synchronous = NORMAL')
    db.pragma('cache_size = -65536')
    db.pragma(`wal_autocheckpoint = ${layout.autocheckpoint ?? 4000}`)
    db.exec(`CREATE TABLE ${layout.table}`)
    const statement = db.prepare(layout.insert)
    const insert = db.transaction((entries: readonly object[]) =>
      entries.map((entry) => statement.run(entry).changes === 1),
    )
    const key = layout.insert.includes('@id') ? 'id' : 'key'
    const value = key === 'id' ? 'abs(random())' : 'randomblob(16)'
    // As they would have come: from one second to the next the end grows.
    db.exec(`INSERT INTO ledger (${key}, expires_at) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${rows})
      SELECT ${value}, 1800000000 + i * 120.0 / ${rows} FROM n`)
    db.pragma('wal_checkpoint(TRUNCATE)')
    const octetsPerRow = statSync(db.name).size / rows
    const used = entryAt(1_800_000_120)
    insert([used])
    return {
      layout: layout.name,
      rows,
      alone: cost(insert, keys / 4, 1),
      together: cost(insert, keys, 128),
      octetsPerRow,
      strict: insert([{ ...used, expiresAt: 1_800_000_121 }])[0] === false,
    }
  } finally {
    db.close()
    rmSync(directory, { recursive: true })
  }
}

function cost(insert: (entries: readonly object[]) => boolean[], keys: number, group: number): number {
  const groups = Array.from({ length: keys / group }, () =>
    Array.from({ length: group }, () => entryAt(1_800_000_120)),
  )
  const started = process.cpuUsage()
  for (const entries of groups) insert(entries)
  const { user, system } = process.cpuUsage(started)
  return (user + system) / keys
}

function entryAt(expiresAt: number): { key: Buffer; id: bigint; expiresAt: number } {
  const key = randomBytes(16)
  return { key, id: key.readBigUInt64BE() >> 1n, expiresAt }
}

export function formatLayouts(figures: readonly LayoutFigures[]): string {
  const lines = figures.map((one) =>
    [
      one.layout,
      one.rows.toLocaleString('en'),
      one.alone.toFixed(1),
      one.together.toFixed(1),
      Math.round(one.octetsPerRow),
      one.strict ? 'refused' : 'ACCEPTED',
    ].join(' | '),
  )
  const head = ['layout', 'rows', 'one a transaction', '128', 'octets a row', 'same jti, another iat']
  return [
    `| ${head.join(' | ')} |`,
    `|${'---|'.repeat(head.length)}`,
    ...lines.map((l) => `| ${l} |`),
    '',
  ].join('\n')
}
