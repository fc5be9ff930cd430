import { jsonResponse, OAuthError, readForm } from '@keybound/oauth'
import type { AuthorizationServer } from './authorization-server.ts'
import { authenticateClient } from './client/authenticate-client.ts'
import { endpointErrorResponse } from './endpoint-error-response.ts'
import { commit } from './grants/deciding-write.ts'
import { endReplayedGrant } from './grants/end-replayed-grant.ts'
import { checkGrantType, grants, readGrantType } from './grants/grants.ts'
import { checkClientAuthentication, mustBind } from './profile/rules-for.ts'
import { nonceDue, proofFor, requireProof } from './proof-for.ts'
import { newAccessToken } from './token/access-token.ts'
import { issueTokens } from './token/issue-tokens.ts'

/**
 * POST /token. Up to the commit everything only reads, so a refused request changes nothing: not the code, not the refresh token,
 * not the proof's jti, not the assertion.
 * @see RFC 6749 §3.2 · RFC 9449 §5
 */
export async function tokenRequest(server: AuthorizationServer, request: Request): Promise<Response> {
  const now = server.clock()
  try {
    const form = await readForm(request, { repeatable: ['resource'] })
    const grantType = readGrantType(form)

    // 1. who asks
    const { client, writes: spendAssertion } = await authenticateClient(server, request.headers, form, now)
    checkClientAuthentication(server, client)
    checkGrantType(client, grantType)

    // 2. with which key
    const proof = await proofFor(server, request, server.endpoints.token, now)
    if (mustBind(server, client)) requireProof(proof)

    // 3. for what
    const grant = await grants[grantType](server, form, client, proof, now)

    const { outcome } = grant
    const accessToken = outcome instanceof OAuthError ? undefined : newAccessToken(server, outcome, now)

    // 4. all of it once, or none of it
    try {
      await commit(server, [
        ...spendAssertion,
        ...(proof?.writes ?? []),
        ...grant.writes,
        ...(accessToken?.writes ?? []),
      ])
    } catch (error) {
      await endReplayedGrant(server, error, grant.writes, now)
      throw error
    }
    if (proof) server.proofKeys.keep(proof.proof)
    if (outcome instanceof OAuthError || !accessToken) throw outcome

    // 5. the answer
    const tokens = await issueTokens(server, outcome, await accessToken.value(), now)
    return jsonResponse(tokens, { nonce: await nonceDue(server, proof, now) })
  } catch (error) {
    return endpointErrorResponse(server, request, error, now)
  }
}
