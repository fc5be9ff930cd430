import { dpopFetch, type NonceCache, type Signer } from '@keybound/dpop/client'
import type { AuthorizationServerMetadata, Clock } from '@keybound/oauth'
import { readJson } from '../answers.ts'
import type { FlowState, PlaygroundSettings, PlaygroundTokens } from '../flow-state.ts'
import type { KeyStore } from '../key-store.ts'
import { StepProblem } from '../step-problem.ts'

export const clientId = 'playground'

/** What for, to whom, and what the verdict may use. */
export interface Purpose {
  readonly words: string
  readonly to: 'auth-server' | 'resource-api'
  readonly accessToken?: string
  readonly jkt?: string
}

export interface StepTools {
  readonly settings: PlaygroundSettings
  readonly keyStore: KeyStore
  readonly clock: Clock
  readonly nonces: NonceCache
  /** Waits for its release where Step is used, sends, and notes. */
  send(purpose: Purpose): typeof fetch
  /** This site's server introspects the token, which needs a client's authentication; the exchange is noted. */
  introspect(accessToken: string, words: string): Promise<boolean>
}

export type Step = (state: FlowState, tools: StepTools) => Promise<Partial<FlowState>>

/** Throws StepProblem where an earlier step is not done. */
export function prepared(state: FlowState): { signer: Signer; metadata: AuthorizationServerMetadata } {
  if (state.key === undefined || state.metadata === undefined)
    throw new StepProblem('An earlier step has to be done first.')
  return { signer: state.key.signer, metadata: state.metadata }
}

/** Throws StepProblem where there is none. */
export function tokensIn(state: FlowState): PlaygroundTokens {
  if (state.tokens === undefined) throw new StepProblem('There is no token yet.')
  return state.tokens
}

/** Posts a form with a proof and gives the JSON of a good answer. Throws StepProblem for every other answer. */
export function postForm(
  url: string | undefined,
  form: Record<string, string>,
  key: Signer,
  tools: StepTools,
  words: string,
): Promise<Record<string, unknown>> {
  if (url === undefined) throw new StepProblem('The server does not offer this endpoint.')
  const { nonces, clock } = tools
  const fetch = tools.send({ words, to: 'auth-server', jkt: key.jkt })
  const request = new Request(url, { method: 'POST', body: new URLSearchParams(form) })
  return readJson(dpopFetch(request, { key, nonces, clock, fetch }))
}
