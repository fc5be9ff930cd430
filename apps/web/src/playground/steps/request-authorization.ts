import type { Signer } from '@keybound/dpop/client'
import { readJson, scope } from '../answers.ts'
import type { FlowState, PlaygroundSettings } from '../flow-state.ts'
import { codeChallenge, randomText } from '../pkce.ts'
import { StepProblem } from '../step-problem.ts'
import { clientId, postForm, prepared, type Step, type StepTools } from './step-tools.ts'

/**
 * The authorization request, pushed or plain. Either way it names the key that the code will be bound to: by a proof at the push, or by dpop_jkt.
 * @see RFC 9126 §2 · RFC 9449 §10
 */
export const requestAuthorization: Step = async (state, tools) => {
  const { signer, metadata } = prepared(state)
  const made = { state: randomText(), codeVerifier: randomText(), madeAt: tools.clock() }
  const parameters = {
    client_id: clientId,
    response_type: 'code',
    redirect_uri: redirectUri(tools.settings),
    scope,
    state: made.state,
    code_challenge: await codeChallenge(made.codeVerifier),
    code_challenge_method: 'S256',
    ...(state.options.binding === 'dpop_jkt' && { dpop_jkt: signer.jkt }),
  }
  if (metadata.authorization_endpoint === undefined)
    throw new StepProblem('The server does not offer this endpoint.')
  const visible =
    state.options.request === 'plain' ? parameters : await pushed(state, parameters, signer, tools)
  const url = new URL(metadata.authorization_endpoint)
  url.search = new URLSearchParams(visible).toString()
  return { pending: { ...made, url: url.href } }
}

export function redirectUri(settings: PlaygroundSettings): string {
  return `${settings.webUrl}/playground/callback`
}

/** What the browser carries in place of the parameters: client_id and request_uri, and nothing else. */
async function pushed(
  { metadata, options }: FlowState,
  parameters: Record<string, string>,
  signer: Signer,
  tools: StepTools,
): Promise<Record<string, string>> {
  const url = metadata?.pushed_authorization_request_endpoint
  const words = 'Push the request'
  const answer = await (options.binding === 'proof'
    ? postForm(url, parameters, signer, tools, words)
    : postWithoutProof(url, parameters, tools, words))
  if (typeof answer.request_uri !== 'string') throw new StepProblem('The answer holds no request_uri.')
  return { client_id: clientId, request_uri: answer.request_uri }
}

/** dpop_jkt stands for the proof: none is needed here, and no nonce. */
function postWithoutProof(
  url: string | undefined,
  form: Record<string, string>,
  tools: StepTools,
  words: string,
): Promise<Record<string, unknown>> {
  if (url === undefined) throw new StepProblem('The server does not offer this endpoint.')
  const send = tools.send({ words, to: 'auth-server' })
  return readJson(send(url, { method: 'POST', body: new URLSearchParams(form) }))
}
