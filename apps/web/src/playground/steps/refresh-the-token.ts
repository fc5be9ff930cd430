import { tokensOf } from '../answers.ts'
import { StepProblem } from '../step-problem.ts'
import { clientId, postForm, prepared, type Step, tokensIn } from './step-tools.ts'

/** A public client's refresh token is bound too: the proof has to come from the same key. @see RFC 9449 §5 */
export const refreshTheToken: Step = async (state, tools) => {
  const { signer, metadata } = prepared(state)
  const { refreshToken } = tokensIn(state)
  if (refreshToken === undefined) throw new StepProblem('There is no refresh token.')
  const form = { client_id: clientId, grant_type: 'refresh_token', refresh_token: refreshToken }
  const answer = await postForm(metadata.token_endpoint, form, signer, tools, 'Refresh')
  return { tokens: { ...tokensIn(state), ...tokensOf(answer, tools.clock()) } }
}
