import type { Form } from '@keybound/oauth'
import type { JWK } from 'jose'
import type { AuthorizationServer } from '../authorization-server.ts'
import type { DecidingWrite } from '../grants/deciding-write.ts'
import { refused } from '../refused.ts'
import { secretHash } from '../secret-hash.ts'
import type { Client } from './client.ts'
import { type Assertion, readAssertion } from './client-assertion.ts'
import { fits, verifyAssertion } from './client-keys.ts'
import type { AssertionCredentials } from './credentials.ts'

const jwtBearer = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

/** @see RFC 7521 §4.2 · RFC 7523 §2.2 */
export function readPrivateKeyJwt(form: Form): AssertionCredentials {
  const assertion = form.get('client_assertion')
  if (form.get('client_assertion_type') !== jwtBearer || assertion === undefined) {
    throw refused('assertion.type')
  }
  const clientId = form.get('client_id')
  return { method: 'private_key_jwt', assertion, ...(clientId !== undefined && { clientId }) }
}

/**
 * The assertion's own rules first, then the client's key. The returned write spends its jti, together with whatever the request changes.
 * @see RFC 7523 §3 · FAPI 2.0 §5.3.2.1
 */
export async function checkPrivateKeyJwt(
  server: AuthorizationServer,
  credentials: AssertionCredentials,
  now: number,
): Promise<{ readonly client: Client; readonly write: DecidingWrite }> {
  const assertion = readAssertion(credentials.assertion, server.issuer, now)
  const { clientId } = assertion
  if (credentials.clientId !== undefined && credentials.clientId !== clientId) throw refused('client.auth')

  const found = await server.clients.find(clientId)
  const client = found?.token_endpoint_auth_method === 'private_key_jwt' ? found : undefined
  const keys = client && (await keysOf(server, client, assertion))
  const verified = await verifyAssertion(credentials.assertion, assertion, keys)
  if (!client || !verified) throw refused('client.auth')
  return { client, write: spend(assertion, now) }
}

/** Registered with the client, or behind its jwks_uri; then nothing but the assertion's own rules stands between a stranger and a fetch, so a cool-down does. */
async function keysOf(
  server: AuthorizationServer,
  { jwks, jwks_uri: uri }: Client,
  assertion: Assertion,
): Promise<readonly JWK[] | undefined> {
  if (uri === undefined) return jwks?.keys
  return server.clientKeySets.find(uri, (keys) => keys.some((jwk) => fits(jwk, assertion)))
}

/**
 * A ledger of its own: no proof's key can look like this one. With the grants, whose store forgets least: no nonce of ours is in an assertion, so that
 * of a ledger that lost its memory nobody could say whether a new one was used before (docs/decisions/021).
 */
function spend({ clientId, jti, acceptableFrom, expiresAt }: Assertion, now: number): DecidingWrite {
  const key = secretHash(JSON.stringify(['client assertion', clientId, jti]))
  return {
    write: { do: 'remember', withGrants: true, key, acceptableFrom, expiresAt, now },
    rule: 'assertion.unused',
  }
}
