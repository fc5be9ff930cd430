import { checkProof, type Jkt, ledgerEntry, type Proof, readProof } from '@keybound/dpop'
import type { AuthorizationServer } from './authorization-server.ts'
import type { DecidingWrite } from './grants/deciding-write.ts'
import { refused } from './refused.ts'

/** All endpoints of this server share one ledger, and no other server uses it. */
const ledgerName = 'authorization-server'

/** A proof that passed every check but the last: `writes` spends its jti, together with whatever the request changes. */
export interface CheckedProof {
  readonly jkt: Jkt
  readonly proof: Proof
  readonly writes: readonly DecidingWrite[]
}

/**
 * Checks the proof of a request to the endpoint at `url`, where there is one. Writes nothing, so that a nonce challenge burns nothing.
 * Does not check: whether the client had to send one, or which key it uses.
 * @throws OAuthError invalid_dpop_proof, use_dpop_nonce
 * @see RFC 9449 §4.3, §5, §8
 */
export async function proofFor(
  server: AuthorizationServer,
  request: Request,
  url: string,
  now: number,
): Promise<CheckedProof | undefined> {
  const proofJwt = readProof(request.headers)
  if (proofJwt === undefined) return undefined
  const proof = await checkProof(proofJwt, {
    method: request.method,
    url,
    policy: server.proofPolicy,
    now,
    nonces: server.nonces,
    keys: server.proofKeys,
  })
  const entry = await ledgerEntry(ledgerName, proof, now)
  return {
    jkt: proof.jkt,
    proof,
    writes: [{ write: { do: 'remember', ...entry }, rule: 'jti.unused' }],
  }
}

/** A nonce for the client's next request, where the one it used is no longer the newest. @see RFC 9449 §8.2 */
export async function nonceDue(
  server: AuthorizationServer,
  checked: CheckedProof | undefined,
  now: number,
): Promise<string | undefined> {
  if (!checked || !server.nonces) return undefined
  const newest = await server.nonces.issue(now)
  return newest === checked.proof.nonce ? undefined : newest
}

/**
 * The proof, where something demands one: the client's registration, or the key that a code or refresh token is bound to.
 * @throws OAuthError invalid_dpop_proof `client.requires`
 * @see RFC 9449 §5.2
 */
export function requireProof(proof: CheckedProof | undefined): CheckedProof {
  if (!proof) throw refused('client.requires')
  return proof
}
