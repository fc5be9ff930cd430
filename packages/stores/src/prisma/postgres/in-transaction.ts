import type pg from 'pg'
import type { Client } from './bulk.ts'

/** Commits what `run` wrote, unless it rejects or its answer `isRefused`: then everything is taken back. */
export async function inTransaction<Answer>(
  pool: pg.Pool,
  run: (client: Client) => Promise<Answer>,
  isRefused: (answer: Answer) => boolean = () => false,
): Promise<Answer> {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    const answer = await run(client)
    await client.query(isRefused(answer) ? 'ROLLBACK' : 'COMMIT')
    client.release()
    return answer
  } catch (error) {
    // Whatever state the connection is in ends with it, and with it the transaction.
    client.release(true)
    throw error
  }
}
