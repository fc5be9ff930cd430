import pg from 'pg'

/** Milliseconds. A request waits no longer than this for a store, and is then refused. */
const [connecting, statement, transaction] = [1000, 2000, 3000]

/** Connections of one process at most. More would only wait for each other inside the server. */
const connections = 10

/**
 * Connections to PostgreSQL that are used by turns. A statement that takes too long is ended by the server, and where the server is
 * silent (a cut network, a stopped process) by us; the connection is thrown away then.
 */
export function openPool(url: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'keybound',
    max: connections,
    connectionTimeoutMillis: connecting,
    statement_timeout: statement,
    query_timeout: statement + 500,
    lock_timeout: statement,
    idle_in_transaction_session_timeout: transaction,
    keepAlive: true,
  })
  // An idle connection that breaks is replaced with the next request; without a listener it would end the process.
  pool.on('error', () => {})
  // So would one that breaks while it is lent, between two statements of a transaction; the next statement fails and says so.
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}
