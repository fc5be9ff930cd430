import type { OpaqueTokens } from '@keybound/authorization-server'
import type { SqliteDatabase } from './open-sqlite.ts'

export function sqliteOpaqueTokens({ connection, read }: SqliteDatabase): OpaqueTokens {
  const select = connection
    .prepare<[string], { hash: string; claims: string; expiresAt: number }>(
      'SELECT hash, claims, expires_at AS expiresAt FROM opaque_tokens WHERE hash = ?',
    )
    .safeIntegers(false)
  return {
    async find(hash) {
      const row = await read(() => select.get(hash))
      return row && { ...row, claims: JSON.parse(row.claims) }
    },
  }
}
