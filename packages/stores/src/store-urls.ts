/** Where everything is kept, as the environment says it. */
export interface StoreUrls {
  /** `file:<path>` or `postgresql://<user>@<host>/<database>`. */
  readonly databaseUrl: string
  /** Absent: the ledger is a table of the database. `redis://` or `rediss://`; `memory:` for one process that may forget. */
  readonly ledgerUrl?: string
  /** How many processes serve the same app: KEYBOUND_REPLICAS. */
  readonly replicas: number
  /** Hardened mode: the way to another machine is encrypted, and Redis asks for a password. */
  readonly hardened?: boolean
}

/** Throws Error that names the variables which are wrong, and never shows a value. */
export function readStoreUrls({ databaseUrl, ledgerUrl, replicas, hardened }: StoreUrls): {
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
  if (hardened) {
    if (!onFile) requireProtectedDatabase(new URL(databaseUrl))
    if (ledger === 'redis') requireProtectedLedger(new URL(ledgerUrl ?? ''))
  }
  return { ledger }
}

function requireProtectedDatabase(url: URL): void {
  const { searchParams } = url
  const verified = ['require', 'verify-ca', 'verify-full'].includes(searchParams.get('sslmode') ?? '')
  if (isHere(searchParams.get('host') ?? url.hostname) || verified) return
  throw new Error(
    'DATABASE_URL leads to another machine in the clear, which hardened mode refuses: add ?sslmode=verify-full, and &sslrootcert=<file> for an authority of your own',
  )
}

function requireProtectedLedger({ protocol, hostname, password }: URL): void {
  if (!isHere(hostname) && protocol !== 'rediss:')
    throw new Error(
      'LEDGER_URL leads to another machine in the clear, which hardened mode refuses: use rediss://',
    )
  if (password === '')
    throw new Error(
      'LEDGER_URL has no password, which hardened mode refuses: rediss://<user>:<password>@<host>:<port>',
    )
}

/** A loopback address, or a socket in the file system. */
function isHere(host: string): boolean {
  return /^(?:localhost|127(?:\.\d+){3}|\[?::1\]?|\/.*|%2F.*|)$/i.test(host)
}

function ledgerOf(url: string | undefined): 'database' | 'redis' | 'memory' {
  if (url === undefined) return 'database'
  if (url === 'memory:') return 'memory'
  if (/^rediss?:\/\//.test(url) && URL.canParse(url)) return 'redis'
  throw new Error(
    'LEDGER_URL must be redis://<host>:<port>, rediss:// or memory:, or left out for a ledger in the database',
  )
}
