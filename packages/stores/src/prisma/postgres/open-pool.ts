import pg from 'pg'

/** Milliseconds for which a request waits for the database; then it is refused. */
export interface PoolLimits {
  /** For a connection, or for one that is free. */
  readonly connection: number
  readonly statement: number
  /** For the next statement of a transaction. */
  readonly idle: number
}

const defaults: PoolLimits = { connection: 1000, statement: 2000, idle: 3000 }

/** Connections of one process at most. More would only wait for each other inside the server. */
const connections = 10

/**
 * Connections to PostgreSQL that are used by turns. A statement that takes too long is ended by the server, and where the server is
 * silent (a cut network, a stopped process) by us; the connection is thrown away then. `onConnect` is the first to use a new connection;
 * where it rejects there is none.
 */
export function openPool(
  url: string,
  onConnect: (client: pg.ClientBase) => Promise<void>,
  { connection, statement, idle }: PoolLimits = defaults,
): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'keybound',
    max: connections,
    connectionTimeoutMillis: connection,
    statement_timeout: statement,
    query_timeout: statement + 500,
    lock_timeout: statement,
    idle_in_transaction_session_timeout: idle,
    keepAlive: true,
    onConnect,
  })
  // An idle connection that breaks is replaced with the next request; without a listener it would end the process.
  pool.on('error', () => {})
  // So would one that breaks while it is lent, between two statements of a transaction; the next statement fails and says so.
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}
