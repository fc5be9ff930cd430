import { tokensOf } from '../answers.ts'
import { StepProblem } from '../step-problem.ts'
import { redirectUri } from './request-authorization.ts'
import { clientId, postForm, prepared, type Step } from './step-tools.ts'

/** The code, its verifier and a proof become tokens. @see RFC 9449 §5 */
export const redeemTheCode: Step = async (state, tools) => {
  const { signer, metadata } = prepared(state)
  if (state.code === undefined || state.pending === undefined)
    throw new StepProblem('There is no code to redeem: sign in first.')
  const form = {
    client_id: clientId,
    grant_type: 'authorization_code',
    code: state.code,
    redirect_uri: redirectUri(tools.settings),
    code_verifier: state.pending.codeVerifier,
  }
  const answer = await postForm(metadata.token_endpoint, form, signer, tools, 'Redeem the code')
  return { tokens: tokensOf(answer, tools.clock()) }
}
