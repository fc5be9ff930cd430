import type { Form } from '@keybound/oauth'
import type { AuthorizationServer } from '../authorization-server.ts'
import type { Client } from '../client/client.ts'
import { type CheckedProof, requireProof } from '../proof-for.ts'
import { randomValue } from '../random-value.ts'
import { refused } from '../refused.ts'
import { secretHash } from '../secret-hash.ts'
import { codeState } from './code-state.ts'
import { checkCodeVerifier } from './code-verifier.ts'
import { endGrant } from './end-grant.ts'
import type { GrantRequest } from './grant-request.ts'
import type { CodeRecord, Grant } from './grant-store.ts'
import { narrowResources } from './narrow.ts'
import { mayRefresh, newRefreshToken } from './new-refresh-token.ts'

/**
 * grant_type=authorization_code. The life of a code is in code-state.ts; of two redemptions at once the commit lets one win.
 * @throws OAuthError invalid_grant, invalid_request, invalid_dpop_proof `client.requires`
 * @see RFC 6749 §4.1.3 · RFC 7636 §4.6 · RFC 9449 §10
 */
export async function authorizationCode(
  server: AuthorizationServer,
  form: Form,
  client: Client,
  proof: CheckedProof | undefined,
  now: number,
): Promise<GrantRequest> {
  const value = form.get('code')
  if (value === undefined) throw refused('code.present')
  const code = await server.grantStore.findCode(secretHash(value))
  if (!code) throw refused('code.live')

  const { request } = code
  if (request.clientId !== client.client_id) throw refused('code.client')
  if (form.get('redirect_uri') !== request.redirectUri) throw refused('redirect_uri.match')
  checkCodeVerifier(form.get('code_verifier'), request.codeChallenge)
  if (request.dpopJkt !== undefined && requireProof(proof).jkt !== request.dpopJkt) throw refused('code.jkt')

  const given = code.grantId === undefined ? undefined : await server.grantStore.findGrant(code.grantId)
  const state = codeState(code, given, proof?.jkt, now)
  if (given && state === 'reused') return endGrant(given, 'code.live', now)
  if (state !== 'live') throw refused('code.live')
  const resources = narrowResources(form.getAll('resource'), request.resources)
  return redeem(server, client, code, resources, proof, now)
}

function redeem(
  server: AuthorizationServer,
  client: Client,
  { hash, request, subject, authTime, sessionId }: CodeRecord,
  resources: readonly string[],
  proof: CheckedProof | undefined,
  now: number,
): GrantRequest {
  const { scope, idTokenNonce, idTokenClaims } = request
  const refreshes = mayRefresh(client, scope)
  const grant: Grant = {
    id: randomValue('grant_'),
    clientId: client.client_id,
    subject,
    scope,
    resources: request.resources,
    ...(proof && { jkt: proof.jkt }),
    authTime,
    ...(sessionId !== undefined && { sessionId }),
    createdAt: now,
    expiresAt: now + (refreshes ? server.lifetimes.grant : server.lifetimes.accessToken),
  }
  const refreshToken = refreshes ? newRefreshToken(server, client, grant, scope, proof, now) : undefined
  return {
    writes: [
      { write: { do: 'consume code', hash, grantId: grant.id, at: now }, rule: 'code.live' },
      { write: { do: 'insert grant', grant } },
      ...(refreshToken ? [refreshToken.insert] : []),
    ],
    outcome: {
      client,
      subject,
      scope,
      resources,
      grantId: grant.id,
      authTime,
      ...(proof && { jkt: proof.jkt }),
      ...(idTokenNonce !== undefined && { idTokenNonce }),
      ...(idTokenClaims && { idTokenClaims }),
      ...(refreshToken && { refreshToken: refreshToken.value }),
    },
  }
}
