import type { Exchange } from '@keybound/exchange'
import type { AuthorizationServerMetadata } from '@keybound/oauth'
import { type FlowStepId, flowSteps } from '../flow/flow-steps.ts'
import type { Draft } from './draft.ts'
import type { PlaygroundKey } from './playground-key.ts'
import { defaultOptions, type PlaygroundOptions } from './playground-options.ts'

/** Where the parts are, given by the server at run time. No trailing slashes. */
export interface PlaygroundSettings {
  readonly webUrl: string
  readonly issuer: string
  readonly apiUrl: string
  /** Whether the servers keep journals: in demo mode. */
  readonly journals: boolean
}

export interface StepExchange {
  readonly stepId: FlowStepId
  readonly exchange: Exchange
  /** Whether it is shown as the server received it, or as it was sent because the server's journal does not hold it. */
  readonly seenBy: 'server' | 'client'
}

/** An authorization request that is on its way, or about to be. */
export interface PendingRequest {
  /** Where the browser is sent. */
  readonly url: string
  readonly state: string
  readonly codeVerifier: string
  /** NumericDate. */
  readonly madeAt: number
}

/** They live in this page's memory only. */
export interface PlaygroundTokens {
  readonly accessToken: string
  readonly refreshToken?: string
  readonly idToken?: string
  readonly scope: string
  readonly expiresAt: number
}

/** A request that Step holds back until it is released. `words` say what for. */
export interface WaitingRequest {
  readonly stepId: FlowStepId
  readonly words: string
  readonly original: Draft
  readonly draft: Draft
}

export type StepStatus = 'open' | 'running' | 'done' | 'failed'

export interface FlowState {
  /** False until key and earlier progress are read. */
  readonly ready: boolean
  readonly options: PlaygroundOptions
  readonly key?: PlaygroundKey
  readonly metadata?: AuthorizationServerMetadata
  readonly pending?: PendingRequest
  /** The visit to the authorization server, as addresses. Not back yet: the visit goes on in another tab. */
  readonly visit?: { readonly sentTo: string; readonly cameBackTo?: string }
  /** The answer of the authorization server, checked and not yet redeemed. */
  readonly code?: string
  readonly tokens?: PlaygroundTokens
  readonly exchanges: readonly StepExchange[]
  readonly status: Readonly<Record<FlowStepId, StepStatus>>
  readonly waiting?: WaitingRequest
  /** What went wrong in a step, in a sentence. */
  readonly problem?: { readonly stepId: FlowStepId; readonly says: string }
  readonly selected: FlowStepId
  /** Which exchange of the selected step is shown; the last one where there is no such number. */
  readonly shown?: number
  readonly running: boolean
  /** Run all was pressed: the rest follows by itself. */
  readonly goesOn: boolean
  /** This tab only brought an answer that another tab had asked for. */
  readonly handedOver: boolean
}

export const openStatus = Object.fromEntries(flowSteps.map(({ id }) => [id, 'open'])) as Record<
  FlowStepId,
  StepStatus
>

export const initialState: FlowState = {
  ready: false,
  options: defaultOptions,
  exchanges: [],
  status: openStatus,
  selected: 'key',
  running: false,
  goesOn: false,
  handedOver: false,
}

/** The first step that is not done: what Step does next. */
export function nextStep(state: FlowState): FlowStepId | undefined {
  return flowSteps.find(({ id }) => state.status[id] !== 'done')?.id
}

export function exchangesOf(state: FlowState, stepId: FlowStepId): Exchange[] {
  return state.exchanges.filter((one) => one.stepId === stepId).map(({ exchange }) => exchange)
}

/** A step begins anew: it and what follows from it is open again, and what they brought is gone. */
export function reopen(state: FlowState, from: FlowStepId): FlowState {
  const first = flowSteps.findIndex(({ id }) => id === from)
  const reopened = flowSteps.slice(first).map(({ id }) => id)
  const keep = (id: FlowStepId) => !reopened.includes(id)
  const { problem, waiting, shown, key, metadata, pending, visit, code, tokens, ...rest } = state
  return {
    ...rest,
    ...(key && keep('key') ? { key } : {}),
    ...(metadata && keep('discover') ? { metadata } : {}),
    ...(pending && keep('par') ? { pending } : {}),
    ...(visit && keep('authorize') ? { visit } : {}),
    ...(code !== undefined && keep('authorize') ? { code } : {}),
    ...(tokens && keep('token') ? { tokens } : {}),
    exchanges: state.exchanges.filter(({ stepId }) => keep(stepId)),
    status: { ...state.status, ...Object.fromEntries(reopened.map((id) => [id, 'open'])) },
  }
}
