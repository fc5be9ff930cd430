import type { GrantStore, Write } from '@keybound/authorization-server'
import {
  type CodeRow,
  codeColumns,
  codeOf,
  type GrantRow,
  grantColumns,
  grantOf,
  type RefreshTokenRow,
  refreshTokenColumns,
  refreshTokenOf,
} from '../grant-rows.ts'
import { createAtomically } from './decisions.ts'
import type { SqliteDatabase } from './open-sqlite.ts'
import { prepareWrite } from './write.ts'

/** Prepared statements on Prisma's own connection: a commit is a part of one transaction, decided statement by statement. */
export function sqliteGrantStore(db: SqliteDatabase): GrantStore {
  const { connection, read, decide } = db
  const write = prepareWrite(connection)
  const atomically = createAtomically(connection)
  const selectCode = select<CodeRow>(`SELECT ${codeColumns} FROM codes WHERE hash = ?`)
  const selectGrant = select<GrantRow>(`SELECT ${grantColumns} FROM grants WHERE id = ?`)
  const selectToken = select<RefreshTokenRow>(
    `SELECT ${refreshTokenColumns} FROM refresh_tokens WHERE hash = ?`,
  )

  function select<Row>(sql: string): (key: string) => Row | undefined {
    const statement = connection.prepare<[string], Row>(sql).safeIntegers(false)
    return (key) => statement.get(key)
  }

  return {
    async findCode(hash) {
      const row = await read(() => selectCode(hash))
      return row && codeOf(row)
    },

    async findRefreshToken(hash) {
      const found = await read(() => {
        const token = selectToken(hash)
        return { token, grant: token && selectGrant(token.grantId) }
      })
      if (!found.token || !found.grant) return undefined
      return { token: refreshTokenOf(found.token), grant: grantOf(found.grant) }
    },

    async findGrant(id) {
      const row = await read(() => selectGrant(id))
      return row && grantOf(row)
    },

    commit(writes) {
      return decide(() => {
        let refused: Write | undefined
        atomically(() => {
          refused = writes.find((next) => !write(next))
          return refused === undefined
        })
        return refused
      })
    },
  }
}
