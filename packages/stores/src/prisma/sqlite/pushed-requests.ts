import type { PushedRequests } from '@keybound/authorization-server'
import { prismaPushedRequests } from '../pushed-requests.ts'
import type { SqliteDatabase } from './open-sqlite.ts'

export function sqlitePushedRequests(db: SqliteDatabase): PushedRequests {
  const insert = db.connection.prepare(
    `INSERT INTO pushed_requests (hash, client_id, request, expires_at)
     SELECT @hash, @clientId, @request, @expiresAt
     WHERE (SELECT count(*) FROM pushed_requests WHERE client_id = @clientId AND expires_at > @now AND spent = 0) < @most`,
  )
  return {
    ...prismaPushedRequests(db),
    insert: ({ request, ...pushed }, quota) =>
      db.decide(() => insert.run({ ...pushed, ...quota, request: JSON.stringify(request) }).changes === 1),
  }
}
