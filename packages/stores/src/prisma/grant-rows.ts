import type {
  AuthorizationRequest,
  CodeRecord,
  Grant,
  RefreshTokenRecord,
} from '@keybound/authorization-server'
import type { Jkt } from '@keybound/dpop'
import { formatScope, parseScope } from '@keybound/oauth'
import { present } from './present.ts'

/** The rows as the statements of the grant store select them: columns under the names of the members, JSON and scope as text. */
export type GrantRow = {
  readonly id: string
  readonly clientId: string
  readonly subject: string
  readonly scope: string
  readonly resources: string
  readonly jkt: Jkt | null
  readonly authTime: number
  readonly sessionId: string | null
  readonly createdAt: number
  readonly expiresAt: number
  readonly revokedAt: number | null
}

export type CodeRow = {
  readonly hash: string
  readonly request: string
  readonly subject: string
  readonly authTime: number
  readonly sessionId: string | null
  readonly expiresAt: number
  readonly consumedAt: number | null
  readonly grantId: string | null
}

export type RefreshTokenRow = {
  readonly hash: string
  readonly grantId: string
  readonly jkt: Jkt | null
  readonly scope: string
  readonly issuedAt: number
  readonly expiresAt: number
  readonly rotatedAt: number | null
  readonly successorHash: string | null
  readonly voidedAt: number | null
}

export const grantColumns = `id, client_id AS clientId, subject, scope, resources, jkt, auth_time AS authTime, session_id AS sessionId,
  created_at AS createdAt, expires_at AS expiresAt, revoked_at AS revokedAt`

export const codeColumns = `hash, request, subject, auth_time AS authTime, session_id AS sessionId, expires_at AS expiresAt,
  consumed_at AS consumedAt, grant_id AS grantId`

export const refreshTokenColumns = `hash, grant_id AS grantId, jkt, scope, issued_at AS issuedAt, expires_at AS expiresAt,
  rotated_at AS rotatedAt, successor_hash AS successorHash, voided_at AS voidedAt`

export function grantOf(row: GrantRow): Grant {
  return { ...present(row), scope: parseScope(row.scope), resources: JSON.parse(row.resources) as string[] }
}

export function codeOf(row: CodeRow): CodeRecord {
  return { ...present(row), request: JSON.parse(row.request) as AuthorizationRequest }
}

export function refreshTokenOf(row: RefreshTokenRow): RefreshTokenRecord {
  return { ...present(row), scope: parseScope(row.scope) }
}

export function grantRowOf(grant: Grant): GrantRow {
  return {
    jkt: null,
    sessionId: null,
    revokedAt: null,
    ...grant,
    scope: formatScope(grant.scope),
    resources: JSON.stringify(grant.resources),
  }
}

export function codeRowOf(code: CodeRecord): CodeRow {
  return { sessionId: null, consumedAt: null, grantId: null, ...code, request: JSON.stringify(code.request) }
}

export function refreshTokenRowOf(token: RefreshTokenRecord): RefreshTokenRow {
  return {
    jkt: null,
    rotatedAt: null,
    successorHash: null,
    voidedAt: null,
    ...token,
    scope: formatScope(token.scope),
  }
}
