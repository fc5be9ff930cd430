import type { OpaqueTokenRecord, OpaqueTokens } from '@keybound/authorization-server'
import type { PostgresDatabase } from './open-postgres.ts'
import { select } from './select.ts'

export function postgresOpaqueTokens({ pool }: PostgresDatabase): OpaqueTokens {
  const find = select<OpaqueTokenRecord>(
    pool,
    'opaque token',
    'SELECT hash, claims, expires_at AS "expiresAt" FROM opaque_tokens WHERE hash = $1',
  )
  return { find }
}
