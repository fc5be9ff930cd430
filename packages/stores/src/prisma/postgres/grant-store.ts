import type { GrantStore } from '@keybound/authorization-server'
import { grouped } from '../../grouped.ts'
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
import { type Commit, commitTogether } from './commits.ts'
import type { PostgresDatabase } from './open-postgres.ts'
import { select } from './select.ts'
import { isRefusedStatement } from './sql-error.ts'

/** Commits that come together share transactions; each is all or nothing by itself. */
export function postgresGrantStore({ pool }: PostgresDatabase): GrantStore {
  const commit = grouped((commits: readonly Commit[]) => commitTogether(pool, commits), {
    lanes: 4,
    most: 64,
    mayAskAlone: isRefusedStatement,
  })
  const code = select<CodeRow>(
    pool,
    'code',
    `SELECT ${asText(codeColumns, 'request')} FROM codes WHERE hash = $1`,
  )
  const grant = select<GrantRow>(
    pool,
    'grant',
    `SELECT ${asText(grantColumns, 'resources')} FROM grants WHERE id = $1`,
  )
  const token = select<RefreshTokenRow>(
    pool,
    'refresh token',
    `SELECT ${quoted(refreshTokenColumns)} FROM refresh_tokens WHERE hash = $1`,
  )

  return {
    async findCode(hash) {
      const row = await code(hash)
      return row && codeOf(row)
    },

    async findRefreshToken(hash) {
      const row = await token(hash)
      const owner = row && (await grant(row.grantId))
      return row && owner ? { token: refreshTokenOf(row), grant: grantOf(owner) } : undefined
    },

    async findGrant(id) {
      const row = await grant(id)
      return row && grantOf(row)
    },

    commit,
  }
}

/** The same columns as for SQLite; here a name with capitals wants quotes, and JSON comes as the text that it is there. */
function asText(columns: string, json: string): string {
  return quoted(columns).replace(new RegExp(`\\b${json}\\b`), `${json}::text AS ${json}`)
}

function quoted(columns: string): string {
  return columns.replace(/AS (\w+)/g, 'AS "$1"')
}
