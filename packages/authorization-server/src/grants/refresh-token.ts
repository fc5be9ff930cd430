import type { Form } from '@keybound/oauth'
import type { AuthorizationServer } from '../authorization-server.ts'
import type { Client } from '../client/client.ts'
import { type CheckedProof, requireProof } from '../proof-for.ts'
import { refused } from '../refused.ts'
import { secretHash } from '../secret-hash.ts'
import type { DecidingWrite } from './deciding-write.ts'
import { endGrant } from './end-grant.ts'
import type { GrantRequest } from './grant-request.ts'
import type { RefreshTokenRecord } from './grant-store.ts'
import { narrowResources, narrowScope } from './narrow.ts'
import { newRefreshToken, rotates } from './new-refresh-token.ts'
import { refreshTokenState } from './refresh-token-state.ts'

/**
 * grant_type=refresh_token. The key is judged before any reuse: with a stolen token alone nobody can end the family.
 * @throws OAuthError invalid_grant, invalid_request, invalid_scope, invalid_target, invalid_dpop_proof `client.requires`
 * @see RFC 6749 §6 · RFC 9449 §5 · RFC 9700 §4.14
 */
export async function refreshToken(
  server: AuthorizationServer,
  form: Form,
  client: Client,
  proof: CheckedProof | undefined,
  now: number,
): Promise<GrantRequest> {
  const value = form.get('refresh_token')
  if (value === undefined) throw refused('refresh.present')
  const found = await server.grantStore.findRefreshToken(secretHash(value))
  if (!found) throw refused('refresh.live')

  const { token, grant } = found
  if (grant.clientId !== client.client_id) throw refused('refresh.client')
  if (token.jkt !== undefined && requireProof(proof).jkt !== token.jkt) throw refused('refresh.jkt')

  const successor = await successorOf(server, token)
  const state = refreshTokenState(token, grant, successor, server.lifetimes.refreshRetry, now)
  if (state === 'ended') throw refused('refresh.live')
  if (state === 'reused') return endGrant(grant, 'refresh.reused', now)

  const scope = narrowScope(form.get('scope'), token.scope)
  const resources = narrowResources(form.getAll('resource'), grant.resources)
  const next =
    state === 'retry' || rotates(server, client)
      ? newRefreshToken(server, client, grant, token.scope, proof, now)
      : undefined
  return {
    writes: [
      { write: { do: 'require live grant', grantId: grant.id }, rule: 'refresh.live' },
      ...(next ? [rotation(server, token, successor, next.hash, now), next.insert] : []),
    ],
    outcome: {
      client,
      subject: grant.subject,
      scope,
      resources,
      grantId: grant.id,
      authTime: grant.authTime,
      ...(proof && { jkt: proof.jkt }),
      ...(next && { refreshToken: next.value }),
    },
  }
}

async function successorOf(
  server: AuthorizationServer,
  { successorHash }: RefreshTokenRecord,
): Promise<RefreshTokenRecord | undefined> {
  if (successorHash === undefined) return undefined
  return (await server.grantStore.findRefreshToken(successorHash))?.token
}

/** Decides the race: of two that use one token at once, the second finds it rotated. */
function rotation(
  server: AuthorizationServer,
  { hash }: RefreshTokenRecord,
  successor: RefreshTokenRecord | undefined,
  newHash: string,
  now: number,
): DecidingWrite {
  if (!successor) {
    return { write: { do: 'rotate', hash, successorHash: newHash, at: now }, rule: 'refresh.live' }
  }
  return {
    write: {
      do: 'rotate again',
      hash,
      successorHash: successor.hash,
      newSuccessorHash: newHash,
      rotatedSince: now - server.lifetimes.refreshRetry,
      at: now,
    },
    rule: 'refresh.live',
  }
}
