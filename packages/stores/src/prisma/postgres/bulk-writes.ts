import type { Write } from '@keybound/authorization-server'
import { codeRowOf, grantRowOf, refreshTokenRowOf } from '../grant-rows.ts'
import { always, type Bulk, type Client, changing, inserting } from './bulk.ts'
import { rememberAll } from './ledger.ts'

type Of<Kind extends Write['do']> = Extract<Write, { do: Kind }>

/**
 * Each kind of Write is one conditional statement over all of its kind. What a commit may need of another of its writes is made first:
 * the order of this table.
 */
export const bulkWrites: { readonly [Kind in Write['do']]: Bulk<Of<Kind>> } = {
  remember: rememberAll,
  'insert grant': inserting(
    'insert grant',
    `INSERT INTO grants (id, client_id, subject, scope, resources, jkt, auth_time, session_id, created_at, expires_at, revoked_at)
     SELECT id, c, s, sc, r::jsonb, j, a, si, cr, e, rv FROM asked ORDER BY id ON CONFLICT DO NOTHING RETURNING id`,
    'text id, text c, text s, text sc, text r, text j, float8 a, text si, float8 cr, float8 e, float8 rv',
    ({ grant }) => {
      const row = grantRowOf(grant)
      return [
        row.id,
        row.clientId,
        row.subject,
        row.scope,
        row.resources,
        row.jkt,
        row.authTime,
        row.sessionId,
        row.createdAt,
        row.expiresAt,
        row.revokedAt,
      ]
    },
  ),
  'insert code': inserting(
    'insert code',
    `INSERT INTO codes (hash, request, subject, auth_time, session_id, expires_at, consumed_at, grant_id)
     SELECT id, r::jsonb, s, a, si, e, co, g FROM asked ORDER BY id ON CONFLICT DO NOTHING RETURNING hash AS id`,
    'text id, text r, text s, float8 a, text si, float8 e, float8 co, text g',
    ({ code }) => {
      const row = codeRowOf(code)
      return [
        row.hash,
        row.request,
        row.subject,
        row.authTime,
        row.sessionId,
        row.expiresAt,
        row.consumedAt,
        row.grantId,
      ]
    },
  ),
  'insert refresh token': inserting(
    'insert refresh token',
    `INSERT INTO refresh_tokens (hash, grant_id, jkt, scope, issued_at, expires_at, rotated_at, successor_hash, voided_at)
     SELECT id, g, j, sc, i, e, r, su, v FROM asked ORDER BY id ON CONFLICT DO NOTHING RETURNING hash AS id`,
    'text id, text g, text j, text sc, float8 i, float8 e, float8 r, text su, float8 v',
    ({ token }) => {
      const row = refreshTokenRowOf(token)
      return [
        row.hash,
        row.grantId,
        row.jkt,
        row.scope,
        row.issuedAt,
        row.expiresAt,
        row.rotatedAt,
        row.successorHash,
        row.voidedAt,
      ]
    },
  ),
  'insert opaque token': inserting(
    'insert opaque token',
    `INSERT INTO opaque_tokens (hash, claims, expires_at)
     SELECT id, c::jsonb, e FROM asked ORDER BY id ON CONFLICT DO NOTHING RETURNING hash AS id`,
    'text id, text c, float8 e',
    ({ token }) => [token.hash, JSON.stringify(token.claims), token.expiresAt],
  ),
  'consume code': changing(
    'consume code',
    `UPDATE codes SET consumed_at = asked.at, grant_id = asked.g FROM asked
     WHERE codes.hash = asked.id AND codes.consumed_at IS NULL AND codes.expires_at > asked.at RETURNING asked.ordinal`,
    'text id, text g, float8 at',
    ({ hash, grantId, at }) => [hash, grantId, at],
  ),
  rotate: changing(
    'rotate',
    `UPDATE refresh_tokens AS t SET rotated_at = asked.at, successor_hash = asked.s FROM asked
     WHERE t.hash = asked.id AND t.rotated_at IS NULL AND t.voided_at IS NULL RETURNING asked.ordinal`,
    'text id, text s, float8 at',
    ({ hash, successorHash, at }) => [hash, successorHash, at],
  ),
  'rotate again': rotateAgain,
  'spend pushed request': changing(
    'spend pushed request',
    `UPDATE pushed_requests AS p SET spent = true FROM asked WHERE p.hash = asked.id AND NOT p.spent RETURNING asked.ordinal`,
    'text id',
    ({ hash }) => [hash],
  ),
  'finish transaction': changing(
    'finish transaction',
    `UPDATE transactions AS t SET finished = true FROM asked WHERE t.id = asked.id AND NOT t.finished RETURNING asked.ordinal`,
    'text id',
    ({ id }) => [id],
  ),
  // The lock keeps whoever revokes the grant waiting until what was issued under it is there to be revoked.
  'require live grant': changing(
    'require live grant',
    `SELECT asked.ordinal FROM grants AS g JOIN asked ON g.id = asked.id WHERE g.revoked_at IS NULL FOR SHARE OF g`,
    'text id',
    ({ grantId }) => [grantId],
  ),
  'revoke grant': always(
    changing(
      'revoke grant',
      `UPDATE grants AS g SET revoked_at = asked.at FROM asked WHERE g.id = asked.id AND g.revoked_at IS NULL RETURNING asked.ordinal`,
      'text id, float8 at',
      ({ grantId, at }) => [grantId, at],
    ),
  ),
  'revoke access token': always(
    inserting(
      'revoke access token',
      `INSERT INTO revoked_access_tokens (jti_hash, expires_at)
       SELECT id, e FROM asked ORDER BY id ON CONFLICT DO NOTHING RETURNING jti_hash AS id`,
      'text id, float8 e',
      ({ jtiHash, expiresAt }) => [jtiHash, expiresAt],
    ),
  ),
}

/** rotated_at stays that of the first rotation, so that trying again never prolongs the window. */
async function rotateAgain(
  client: Client,
  writes: readonly Of<'rotate again'>[],
): Promise<readonly boolean[]> {
  const replaced = await replaceSuccessor(client, writes)
  const voided = await voidSuccessor(client, writes)
  return writes.map((_, i) => replaced[i] === true && voided[i] === true)
}

const replaceSuccessor = changing<Of<'rotate again'>>(
  'replace successor',
  `UPDATE refresh_tokens AS t SET successor_hash = asked.n FROM asked
   WHERE t.hash = asked.id AND t.successor_hash = asked.s AND t.rotated_at >= asked.since AND t.voided_at IS NULL
   RETURNING asked.ordinal`,
  'text id, text s, text n, float8 since',
  ({ hash, successorHash, newSuccessorHash, rotatedSince }) => [
    hash,
    successorHash,
    newSuccessorHash,
    rotatedSince,
  ],
)

const voidSuccessor = changing<Of<'rotate again'>>(
  'void successor',
  `UPDATE refresh_tokens AS t SET voided_at = asked.at FROM asked
   WHERE t.hash = asked.id AND t.rotated_at IS NULL AND t.voided_at IS NULL RETURNING asked.ordinal`,
  'text id, float8 at',
  ({ successorHash, at }) => [successorHash, at],
)
