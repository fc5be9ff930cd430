import { dpopFetch, generateKey, generateKeyPair, type NonceCache, type Signer } from '@keybound/dpop/client'
import type { AuthorizationServerMetadata, Clock, ProtectedResourceMetadata } from '@keybound/oauth'
import { headerOf } from '../exchange/exchange.ts'
import type { FlowStepId } from '../flow/flow-steps.ts'
import { readJson, scope, tokensOf, wellKnown } from './answers.ts'
import type { FlowState, PlaygroundSettings, PlaygroundTokens } from './flow-state.ts'
import { type KeyStore, readKey } from './key-store.ts'
import { codeChallenge, randomText } from './pkce.ts'
import { StepProblem } from './step-problem.ts'

export const clientId = 'playground'

export interface StepTools {
  readonly settings: PlaygroundSettings
  readonly keyStore: KeyStore
  readonly clock: Clock
  readonly nonces: NonceCache
  /** Sends and notes. `words` say what for, `known` is what the verdict may use. */
  recorded(
    words: string,
    known: { to: string; accessToken?: string; jkt?: string; from?: string },
  ): typeof fetch
}

type Step = (state: FlowState, tools: StepTools) => Promise<Partial<FlowState>>

/** What each step does; authorize alone leaves the page, and stands in flow.ts. */
export const steps: Readonly<Record<Exclude<FlowStepId, 'authorize'>, Step>> = {
  async key(_, { keyStore, clock }) {
    const kept = { pair: await generateKeyPair('ES256', { extractable: false }), createdAt: clock() }
    await keyStore.write(kept)
    return { key: await readKey(kept) }
  },

  async discover(_, tools) {
    const { issuer, apiUrl } = tools.settings
    const resource = `${apiUrl}/api/profile`
    const resourceUrl = wellKnown(resource, 'oauth-protected-resource')
    const described = await readJson<ProtectedResourceMetadata>(
      tools.recorded('The resource names its server', { to: 'resource-api' })(resourceUrl),
    )
    if (described.resource !== resource) throw new StepProblem('The metadata describe another resource.')
    if (!described.authorization_servers?.includes(issuer))
      throw new StepProblem('The resource does not name the authorization server that is configured here.')
    const metadata = await readJson<AuthorizationServerMetadata>(
      tools.recorded('The server names its endpoints', { to: 'auth-server' })(
        wellKnown(issuer, 'oauth-authorization-server'),
      ),
    )
    if (metadata.issuer !== issuer) throw new StepProblem('The metadata speak for another issuer.')
    return { metadata }
  },

  async par(state, tools) {
    const { signer, metadata } = prepared(state)
    const pending = { state: randomText(), codeVerifier: randomText(), pushedAt: tools.clock() }
    const form = {
      client_id: clientId,
      response_type: 'code',
      redirect_uri: redirectUri(tools.settings),
      scope,
      state: pending.state,
      code_challenge: await codeChallenge(pending.codeVerifier),
      code_challenge_method: 'S256',
    }
    const answer = await post(
      metadata.pushed_authorization_request_endpoint,
      form,
      signer,
      tools,
      'Push the request',
    )
    if (typeof answer.request_uri !== 'string') throw new StepProblem('The answer holds no request_uri.')
    return { pending: { ...pending, requestUri: answer.request_uri } }
  },

  async token(state, tools) {
    const { signer, metadata } = prepared(state)
    if (state.code === undefined || state.pending === undefined)
      throw new StepProblem('There is no code to redeem.')
    const form = {
      client_id: clientId,
      grant_type: 'authorization_code',
      code: state.code,
      redirect_uri: redirectUri(tools.settings),
      code_verifier: state.pending.codeVerifier,
    }
    const answer = await post(metadata.token_endpoint, form, signer, tools, 'Redeem the code')
    return { tokens: tokensOf(answer, tools.clock()) }
  },

  async profile(state, tools) {
    const { signer } = prepared(state)
    const response = await readProfile(tools, signer, tokensIn(state), 'Read the profile', signer.jkt)
    if (!response.ok) throw new StepProblem(`The resource API answered ${response.status}.`)
    return {}
  },

  async attacks(state, tools) {
    const { signer } = prepared(state)
    const { accessToken } = tokensIn(state)
    const url = `${tools.settings.apiUrl}/api/profile`
    const known = { to: 'resource-api', from: 'thief', accessToken, jkt: signer.jkt }
    const proof = lastProof(state)
    const replayed = await tools.recorded('The same proof again', known)(url, {
      headers: { authorization: `DPoP ${accessToken}`, dpop: proof },
    })
    const asBearer = await tools.recorded('As Bearer', known)(url, {
      headers: { authorization: `Bearer ${accessToken}` },
    })
    const thief = await generateKey('ES256')
    const otherKey = await readProfile(tools, thief, tokensIn(state), 'With another key', signer.jkt, 'thief')
    for (const response of [replayed, asBearer, otherKey])
      if (response.status !== 401)
        throw new StepProblem(`An attack was answered with ${response.status} instead of 401.`)
    return {}
  },

  async refresh(state, tools) {
    const { signer, metadata } = prepared(state)
    const { refreshToken } = tokensIn(state)
    if (refreshToken === undefined) throw new StepProblem('There is no refresh token.')
    const form = { client_id: clientId, grant_type: 'refresh_token', refresh_token: refreshToken }
    const answer = await post(metadata.token_endpoint, form, signer, tools, 'Refresh')
    return { tokens: tokensOf(answer, tools.clock()) }
  },
}

export function redirectUri(settings: PlaygroundSettings): string {
  return `${settings.webUrl}/playground/callback`
}

function prepared(state: FlowState): { signer: Signer; metadata: AuthorizationServerMetadata } {
  if (state.key === undefined || state.metadata === undefined)
    throw new StepProblem('An earlier step has to be done first.')
  return { signer: state.key.signer, metadata: state.metadata }
}

function tokensIn(state: FlowState): PlaygroundTokens {
  if (state.tokens === undefined) throw new StepProblem('There is no token yet.')
  return state.tokens
}

function lastProof(state: FlowState): string {
  const used = state.exchanges.filter(({ stepId }) => stepId === 'profile').at(-1)
  const proof = used && headerOf(used.exchange.request.headers, 'dpop')
  if (proof === undefined) throw new StepProblem('Read the profile first: its proof is what gets replayed.')
  return proof
}

function readProfile(
  tools: StepTools,
  key: Signer,
  { accessToken }: PlaygroundTokens,
  words: string,
  jkt: string,
  from = 'playground',
): Promise<Response> {
  const fetch = tools.recorded(words, { to: 'resource-api', from, accessToken, jkt })
  return dpopFetch(`${tools.settings.apiUrl}/api/profile`, {
    key,
    accessToken,
    nonces: tools.nonces,
    clock: tools.clock,
    fetch,
  })
}

async function post(
  url: string | undefined,
  form: Record<string, string>,
  key: Signer,
  tools: StepTools,
  words: string,
): Promise<Record<string, unknown>> {
  if (url === undefined) throw new StepProblem('The server does not offer this endpoint.')
  const fetch = tools.recorded(words, { to: 'auth-server', jkt: key.jkt })
  const request = new Request(url, { method: 'POST', body: new URLSearchParams(form) })
  return readJson(dpopFetch(request, { key, nonces: tools.nonces, clock: tools.clock, fetch }))
}
