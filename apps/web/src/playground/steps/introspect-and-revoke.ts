import { StepProblem } from '../step-problem.ts'
import { clientId, postForm, prepared, type Step, tokensIn } from './step-tools.ts'

/** What the authorization server says of the token before and after its grant is revoked. @see RFC 7662 · RFC 7009 §2.1 · RFC 9449 §6.2 */
export const introspectAndRevoke: Step = async (state, tools) => {
  const { signer, metadata } = prepared(state)
  const { accessToken, refreshToken } = tokensIn(state)
  if (!(await tools.introspect(accessToken, 'Introspect')))
    throw new StepProblem('The token is not active any more: get a new one first.')
  const form = {
    client_id: clientId,
    token: refreshToken ?? accessToken,
    token_type_hint: refreshToken === undefined ? 'access_token' : 'refresh_token',
  }
  await postForm(metadata.revocation_endpoint, form, signer, tools, 'Revoke')
  if (await tools.introspect(accessToken, 'Introspect again'))
    throw new StepProblem('The token is still active although its grant was revoked.')
  return {}
}
