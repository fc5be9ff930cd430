import {
  failedAgain,
  type LoginBackoff,
  type LoginFailures,
  loginLimits,
  loginWait,
} from '@keybound/authorization-server'
import { accountKey, sourceKey } from '../../login-keys.ts'
import { answered } from '../../unavailable.ts'
import type { SqliteDatabase } from './open-sqlite.ts'

/** Reads and writes within one decision. */
export function sqliteLoginBackoff({ connection, decide }: SqliteDatabase): LoginBackoff {
  const select = connection
    .prepare<[Buffer], LoginFailures>('SELECT count, failed_at AS last FROM login_failures WHERE key = ?')
    .safeIntegers(false)
  const put = connection.prepare(
    `INSERT INTO login_failures (key, count, failed_at, expires_at) VALUES (@key, @count, @last, @last + ${loginLimits.forgivenAfter})
     ON CONFLICT (key) DO UPDATE SET count = excluded.count, failed_at = excluded.failed_at, expires_at = excluded.expires_at`,
  )
  const forgive = connection.prepare('DELETE FROM login_failures WHERE key = ?')
  const takeBack = connection.prepare(
    'UPDATE login_failures SET count = count - 1 WHERE key = ? AND count > 0',
  )

  return {
    admit(account, source, now) {
      const keys = { account: accountKey(account), source: sourceKey(source) }
      const decided = decide(() => {
        const [ofAccount, ofSource] = [select.get(keys.account), select.get(keys.source)]
        const wait = Math.max(
          loginWait(ofAccount, loginLimits.account, now),
          loginWait(ofSource, loginLimits.source, now),
        )
        if (wait > 0) return wait
        put.run({ key: keys.account, ...failedAgain(ofAccount, now) })
        put.run({ key: keys.source, ...failedAgain(ofSource, now) })
        return 0
      })
      return answered(decided)
    },
    async succeeded(account, source) {
      const decided = decide(() => {
        forgive.run(accountKey(account))
        takeBack.run(sourceKey(source))
      })
      await answered(decided)
    },
  }
}
