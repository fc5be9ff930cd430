import type { Write } from '@keybound/authorization-server'
import type { Database as Connection } from 'better-sqlite3'
import { codeRowOf, grantRowOf, refreshTokenRowOf } from '../grant-rows.ts'
import { prepareRemember } from './ledger.ts'

/**
 * Each Write is one conditional statement, whose count of changed rows says whether it held. They run inside a transaction.
 * The function that it returns gives false where the condition did not hold; the caller then takes everything back.
 */
export function prepareWrite(connection: Connection): (write: Write) => boolean {
  const remember = prepareRemember(connection)
  const consumeCode = conditional(
    'UPDATE codes SET consumed_at = @at, grant_id = @grantId WHERE hash = @hash AND consumed_at IS NULL AND expires_at > @at',
  )
  const insertCode = conditional(
    `INSERT INTO codes (hash, request, subject, auth_time, session_id, expires_at, consumed_at, grant_id)
     VALUES (@hash, @request, @subject, @authTime, @sessionId, @expiresAt, @consumedAt, @grantId) ON CONFLICT DO NOTHING`,
  )
  const insertGrant = conditional(
    `INSERT INTO grants (id, client_id, subject, scope, resources, jkt, auth_time, session_id, created_at, expires_at, revoked_at)
     VALUES (@id, @clientId, @subject, @scope, @resources, @jkt, @authTime, @sessionId, @createdAt, @expiresAt, @revokedAt)
     ON CONFLICT DO NOTHING`,
  )
  const insertRefreshToken = conditional(
    `INSERT INTO refresh_tokens (hash, grant_id, jkt, scope, issued_at, expires_at, rotated_at, successor_hash, voided_at)
     VALUES (@hash, @grantId, @jkt, @scope, @issuedAt, @expiresAt, @rotatedAt, @successorHash, @voidedAt)
     ON CONFLICT DO NOTHING`,
  )
  const requireLiveGrant = connection.prepare('SELECT 1 FROM grants WHERE id = ? AND revoked_at IS NULL')
  const revokeGrant = conditional(
    'UPDATE grants SET revoked_at = @at WHERE id = @grantId AND revoked_at IS NULL',
  )
  const rotate = conditional(
    `UPDATE refresh_tokens SET rotated_at = @at, successor_hash = @successorHash
     WHERE hash = @hash AND rotated_at IS NULL AND voided_at IS NULL`,
  )
  // rotated_at stays that of the first rotation, so that trying again never prolongs the window.
  const replaceSuccessor = conditional(
    `UPDATE refresh_tokens SET successor_hash = @newSuccessorHash
     WHERE hash = @hash AND successor_hash = @successorHash AND rotated_at >= @rotatedSince AND voided_at IS NULL`,
  )
  const voidSuccessor = conditional(
    `UPDATE refresh_tokens SET voided_at = @at
     WHERE hash = @successorHash AND rotated_at IS NULL AND voided_at IS NULL`,
  )
  const spendPushedRequest = conditional(
    'UPDATE pushed_requests SET spent = 1 WHERE hash = @hash AND spent = 0',
  )
  const finishTransaction = conditional(
    'UPDATE transactions SET finished = 1 WHERE id = @id AND finished = 0',
  )
  const insertOpaqueToken = conditional(
    'INSERT INTO opaque_tokens (hash, claims, expires_at) VALUES (@hash, @claims, @expiresAt) ON CONFLICT DO NOTHING',
  )
  const revokeAccessToken = conditional(
    'INSERT INTO revoked_access_tokens (jti_hash, expires_at) VALUES (@jtiHash, @expiresAt) ON CONFLICT DO NOTHING',
  )

  function conditional(sql: string): (values: object) => boolean {
    const statement = connection.prepare(sql)
    return (values) => statement.run(values).changes > 0
  }

  return (write) => {
    switch (write.do) {
      case 'remember':
        return remember(write)
      case 'consume code':
        return consumeCode(write)
      case 'insert code':
        return insertCode(codeRowOf(write.code))
      case 'insert grant':
        return insertGrant(grantRowOf(write.grant))
      case 'require live grant':
        return requireLiveGrant.get(write.grantId) !== undefined
      case 'insert refresh token':
        return insertRefreshToken(refreshTokenRowOf(write.token))
      case 'rotate':
        return rotate(write)
      case 'rotate again':
        return replaceSuccessor(write) && voidSuccessor(write)
      case 'spend pushed request':
        return spendPushedRequest(write)
      case 'finish transaction':
        return finishTransaction(write)
      case 'revoke grant':
        revokeGrant(write)
        return true
      case 'insert opaque token':
        return insertOpaqueToken({ ...write.token, claims: JSON.stringify(write.token.claims) })
      case 'revoke access token':
        revokeAccessToken(write)
        return true
    }
  }
}
