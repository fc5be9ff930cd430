import {
  failedAgain,
  type LoginBackoff,
  type LoginFailures,
  loginLimits,
  loginWait,
} from '@keybound/authorization-server'
import { accountKey, sourceKey } from '../../login-keys.ts'
import { answered } from '../../unavailable.ts'
import { inTransaction } from './in-transaction.ts'
import type { PostgresDatabase } from './open-postgres.ts'

/** Locks both rows, and makes those that are not there. Always the account first, so that nobody waits in a circle. */
const lock = `INSERT INTO login_failures (key, count, failed_at, expires_at) VALUES ($1, 0, $3, $3), ($2, 0, $3, $3)
  ON CONFLICT (key) DO UPDATE SET count = login_failures.count RETURNING key, count, failed_at AS last`

const update = `UPDATE login_failures AS f SET count = n.count, failed_at = n.last, expires_at = n.last + ${loginLimits.forgivenAfter}
  FROM (VALUES ($1::bytea, $2::int, $3::float8), ($4::bytea, $5::int, $6::float8)) AS n (key, count, last) WHERE f.key = n.key`

const succeed = `WITH forgiven AS (DELETE FROM login_failures WHERE key = $1)
  UPDATE login_failures SET count = count - 1 WHERE key = $2 AND count > 0`

export function postgresLoginBackoff({ pool }: PostgresDatabase): LoginBackoff {
  return {
    admit(account, source, now) {
      const keys = [accountKey(account), sourceKey(source)] as const
      const decided = inTransaction(
        pool,
        async (client) => {
          const { rows } = await client.query<LoginFailures & { key: Buffer }>(lock, [...keys, now])
          const [ofAccount, ofSource] = keys.map((key) => rows.find((row) => row.key.equals(key)))
          const wait = Math.max(
            loginWait(ofAccount, loginLimits.account, now),
            loginWait(ofSource, loginLimits.source, now),
          )
          if (wait > 0) return wait
          const [first, second] = [failedAgain(ofAccount, now), failedAgain(ofSource, now)]
          await client.query(update, [keys[0], first.count, first.last, keys[1], second.count, second.last])
          return 0
        },
        (wait) => wait > 0,
      )
      return answered(decided)
    },
    async succeeded(account, source) {
      await answered(pool.query(succeed, [accountKey(account), sourceKey(source)]))
    },
  }
}
