import type { Signer } from '@keybound/dpop/client'
import type { AuthorizationServerMetadata } from '@keybound/oauth'
import type { Exchange } from '../exchange/exchange.ts'
import { type FlowStepId, flowSteps } from '../flow/flow-steps.ts'

/** Where the parts are, given by the server at run time. No trailing slashes. */
export interface PlaygroundSettings {
  readonly webUrl: string
  readonly issuer: string
  readonly apiUrl: string
}

export interface StepExchange {
  readonly stepId: FlowStepId
  readonly exchange: Exchange
}

/** An authorization request that was pushed and is on its way, or about to be. */
export interface PendingRequest {
  readonly requestUri: string
  readonly state: string
  readonly codeVerifier: string
  /** NumericDate. */
  readonly pushedAt: number
}

/** They live in this page's memory only. */
export interface PlaygroundTokens {
  readonly accessToken: string
  readonly refreshToken?: string
  readonly scope: string
  readonly expiresAt: number
}

export type StepStatus = 'open' | 'running' | 'done' | 'failed'

export interface FlowState {
  /** False until key and earlier progress are read. */
  readonly ready: boolean
  readonly key?: { readonly signer: Signer; readonly createdAt: number; readonly exportRefused: string }
  readonly metadata?: AuthorizationServerMetadata
  readonly pending?: PendingRequest
  /** The visit to the authorization server, as addresses. */
  readonly visit?: { readonly sentTo: string; readonly cameBackTo: string }
  /** The answer of the authorization server, checked and not yet redeemed. */
  readonly code?: string
  readonly tokens?: PlaygroundTokens
  readonly exchanges: readonly StepExchange[]
  readonly status: Readonly<Record<FlowStepId, StepStatus>>
  /** What went wrong in a step, in a sentence. */
  readonly problem?: { readonly stepId: FlowStepId; readonly says: string }
  readonly selected: FlowStepId
  readonly running: boolean
}

export const openStatus = Object.fromEntries(flowSteps.map(({ id }) => [id, 'open'])) as Record<
  FlowStepId,
  StepStatus
>

export const initialState: FlowState = {
  ready: false,
  exchanges: [],
  status: openStatus,
  selected: 'key',
  running: false,
}

/** The first step that is not done: what Step does next. */
export function nextStep(state: FlowState): FlowStepId | undefined {
  return flowSteps.find(({ id }) => state.status[id] !== 'done')?.id
}

/** A step begins anew: it and what follows from it is open again, and what they brought is gone. */
export function reopen(state: FlowState, from: FlowStepId): FlowState {
  const first = flowSteps.findIndex(({ id }) => id === from)
  const reopened = flowSteps.slice(first).map(({ id }) => id)
  const keep = (id: FlowStepId) => !reopened.includes(id)
  const { problem: _problem, pending, visit, code, tokens, metadata, ...rest } = state
  return {
    ...rest,
    ...(metadata && keep('discover') ? { metadata } : {}),
    ...(pending && keep('par') ? { pending } : {}),
    ...(visit && keep('authorize') ? { visit } : {}),
    ...(code !== undefined && keep('authorize') ? { code } : {}),
    ...(tokens && keep('token') ? { tokens } : {}),
    exchanges: state.exchanges.filter(({ stepId }) => keep(stepId)),
    status: { ...state.status, ...Object.fromEntries(reopened.map((id) => [id, 'open'])) },
  }
}
