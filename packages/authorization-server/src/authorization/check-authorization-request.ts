import type { Jkt } from '@keybound/dpop'
import type { Form } from '@keybound/oauth'
import type { AuthorizationServer } from '../authorization-server.ts'
import type { Client } from '../client/client.ts'
import { refused } from '../refused.ts'
import type { AuthorizationRequest } from './authorization-request.ts'
import { checkClaims } from './checks/claims.ts'
import { checkCodeChallenge } from './checks/code-challenge.ts'
import { checkDpopJkt } from './checks/dpop-jkt.ts'
import { checkIdTokenHint } from './checks/id-token-hint.ts'
import { checkMaxAge } from './checks/max-age.ts'
import { checkPrompt } from './checks/prompt.ts'
import { checkResource } from './checks/resource.ts'
import { checkResponseMode } from './checks/response-mode.ts'
import { checkResponseType } from './checks/response-type.ts'
import { checkScope } from './checks/scope.ts'
import { checkSingleParameters } from './checks/single-parameters.ts'

/**
 * One list of checks for pushed and plain requests (RFC 9126 §2.1). Unknown parameters are ignored.
 * Does not check: the client and its redirect URI, which come first (RFC 6749 §4.1.2.1), and whether the request had to be pushed.
 *
 * @param redirectUri what checkRedirectUri() returned
 * @param provedKey of the proof at PAR
 * @throws OAuthError with the code for the client
 */
export async function checkAuthorizationRequest(
  server: AuthorizationServer,
  client: Client,
  redirectUri: string,
  parameters: Form,
  provedKey: Jkt | undefined,
  now: number,
): Promise<AuthorizationRequest> {
  checkSingleParameters(parameters)
  if (parameters.has('request')) throw refused('request.unsupported')
  checkResponseType(parameters.get('response_type'))
  if (!client.grant_types.includes('authorization_code')) throw refused('grant_type.allowed')
  const responseMode = checkResponseMode(parameters.get('response_mode'))
  const codeChallenge = checkCodeChallenge(
    parameters.get('code_challenge'),
    parameters.get('code_challenge_method'),
  )
  const dpopJkt = checkDpopJkt(parameters.get('dpop_jkt'), provedKey)
  const scope = checkScope(server, client, parameters.get('scope'))
  const resources = checkResource(server, parameters.getAll('resource'))
  const prompt = checkPrompt(parameters.get('prompt'))
  const maxAge = checkMaxAge(parameters.get('max_age'))
  const hinted = await checkIdTokenHint(server, client, parameters.get('id_token_hint'), now)
  const claims = checkClaims(parameters.get('claims'))
  if (hinted !== undefined && claims.subject !== undefined && hinted !== claims.subject) {
    throw refused('user.contradiction')
  }
  const expectedSubject = hinted ?? claims.subject

  const state = parameters.get('state')
  const idTokenNonce = parameters.get('nonce')
  const loginHint = parameters.get('login_hint')
  return {
    clientId: client.client_id,
    redirectUri,
    responseMode,
    scope,
    resources,
    codeChallenge,
    prompt,
    ...(state !== undefined && { state }),
    ...(dpopJkt !== undefined && { dpopJkt }),
    ...(provedKey !== undefined && { keyProved: true }),
    ...(idTokenNonce !== undefined && { idTokenNonce }),
    ...(claims.idToken.length > 0 && { idTokenClaims: claims.idToken }),
    ...(maxAge !== undefined && { maxAge }),
    ...(expectedSubject !== undefined && { expectedSubject }),
    ...(loginHint !== undefined && { loginHint }),
  }
}
