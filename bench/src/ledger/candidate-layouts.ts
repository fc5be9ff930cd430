/** A table that could be the ledger of an SQLite file, and how it is used. */
export interface Layout {
  readonly name: string
  readonly table: string
  /** A column of the key beside `expires_at`, and what fills it with the i-th of `rows` at random. */
  readonly columns: string
  readonly values: string
  /** Inserts `@key` (16 random octets), `@short` (8 of them) or `@id` (63 random bits) with `@expiresAt` where it is new. */
  readonly insert: string
  readonly pageSize?: number
  /** Pages of the log after which it is copied into the file; 0 is never. */
  readonly autocheckpoint?: number
  readonly synchronous?: 'OFF'
}

const plain: Layout = {
  name: 'key primary, WITHOUT ROWID',
  table: 'ledger (key BLOB PRIMARY KEY, expires_at REAL) WITHOUT ROWID',
  columns: 'key',
  values: 'randomblob(16)',
  insert: 'INSERT INTO ledger (key, expires_at) VALUES (@key, @expiresAt) ON CONFLICT DO NOTHING',
}

/** By the time of arrival: all but the last are full, and the last, which alone is written to, is half full. A key that is in an older one is refused. */
function sliced(count: number, autocheckpoint: number): Layout {
  const older = Array.from({ length: count - 1 }, (_, i) => i + 1).join(', ')
  return {
    name: `${count} slices by arrival, checkpoint every ${autocheckpoint.toLocaleString('en')} pages`,
    table: 'ledger (slice INTEGER, key BLOB, expires_at REAL, PRIMARY KEY (slice, key)) WITHOUT ROWID',
    columns: 'slice, key',
    values: `1 + CAST(i * ${count - 0.5} / (rows + 1) AS INTEGER), randomblob(16)`,
    insert: `INSERT INTO ledger (slice, key, expires_at) SELECT ${count}, @key, @expiresAt
      WHERE NOT EXISTS (SELECT 1 FROM ledger WHERE slice IN (${older}) AND key = @key) ON CONFLICT DO NOTHING`,
    autocheckpoint,
  }
}

export const layouts: readonly Layout[] = [
  plain,
  { ...plain, name: 'the same, checkpoint every 400 pages', autocheckpoint: 400 },
  { ...plain, name: 'the same, checkpoint every 4,000 pages', autocheckpoint: 4000 },
  { ...plain, name: 'the same, pages of 1 KB', pageSize: 1024, autocheckpoint: 3200 },
  { ...plain, name: 'the same, pages of 8 KB', pageSize: 8192, autocheckpoint: 400 },
  {
    ...plain,
    name: 'the same, index on the expiry',
    table: `${plain.table}; CREATE INDEX e ON ledger (expires_at)`,
  },
  {
    ...plain,
    name: 'as Prisma makes it: rowid, unique key, index on the expiry',
    table: 'ledger (key BLOB PRIMARY KEY, expires_at REAL); CREATE INDEX e ON ledger (expires_at)',
  },
  {
    ...plain,
    name: '8 octets of the key',
    values: 'randomblob(8)',
    insert: 'INSERT INTO ledger (key, expires_at) VALUES (@short, @expiresAt) ON CONFLICT DO NOTHING',
  },
  {
    name: '63 bits of the key as the rowid',
    table: 'ledger (id INTEGER PRIMARY KEY, expires_at REAL)',
    columns: 'id',
    values: 'abs(random())',
    insert: 'INSERT INTO ledger (id, expires_at) VALUES (@id, @expiresAt) ON CONFLICT DO NOTHING',
  },
  sliced(3, 800),
  sliced(6, 800),
  sliced(6, 3200),
  {
    ...plain,
    name: 'expiry and key primary, WITHOUT ROWID',
    table: 'ledger (expires_at REAL, key BLOB, PRIMARY KEY (expires_at, key)) WITHOUT ROWID',
  },
  { ...plain, name: 'no layout, but a bound: no checkpoint at all', autocheckpoint: 0 },
  { ...plain, name: 'no layout, but a bound: nothing waits for the disk', synchronous: 'OFF' },
]
