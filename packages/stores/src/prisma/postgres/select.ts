import type pg from 'pg'
import { answered } from '../../unavailable.ts'

/** A prepared SELECT of one row by one key. It throws OAuthError temporarily_unavailable where the database does not answer. */
export function select<Row extends pg.QueryResultRow>(
  pool: pg.Pool,
  name: string,
  text: string,
): (key: string) => Promise<Row | undefined> {
  return async (key) => {
    const { rows } = await answered(pool.query<Row>({ name: `find ${name}`, text, values: [key] }))
    return rows[0]
  }
}
