/** Where everything is kept, as the environment says it. */
export interface StoreUrls {
  /** `file:<path>` or `postgresql://<user>@<host>/<database>`. */
  readonly databaseUrl: string
  /** Absent: the ledger is a table of the database. `redis://` or `rediss://`; `memory:` for one process that may forget. */
  readonly ledgerUrl?: string
  /** How many processes serve the same app: KEYBOUND_REPLICAS. */
  readonly replicas: number
}

/** Throws Error that names the variables which are wrong, and never shows a value. */
export function readStoreUrls({ databaseUrl, ledgerUrl, replicas }: StoreUrls): {
  readonly ledger: 'database' | 'redis' | 'memory'
} {
  const onFile = databaseUrl.startsWith('file:')
  if (!onFile && !(/^postgres(ql)?:\/\//.test(databaseUrl) && URL.canParse(databaseUrl))) {
    throw new Error('DATABASE_URL must be file:<path> or postgresql://<user>@<host>/<database>')
  }
  const ledger = ledgerOf(ledgerUrl)
  if (replicas > 1 && (onFile || ledger === 'memory')) {
    throw new Error(
      `KEYBOUND_REPLICAS is ${replicas}, but ${onFile ? 'an SQLite file belongs to one process: set DATABASE_URL to a PostgreSQL database' : 'a ledger in memory belongs to one process: set LEDGER_URL to a Redis, or leave it out'}`,
    )
  }
  return { ledger }
}

function ledgerOf(url: string | undefined): 'database' | 'redis' | 'memory' {
  if (url === undefined) return 'database'
  if (url === 'memory:') return 'memory'
  if (/^rediss?:\/\//.test(url) && URL.canParse(url)) return 'redis'
  throw new Error(
    'LEDGER_URL must be redis://<host>:<port>, rediss:// or memory:, or left out for a ledger in the database',
  )
}
