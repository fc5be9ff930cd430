import { type Exchange, refusalOf } from '@keybound/exchange'
import type { Lane } from '../flow/flow-arrows.ts'
import { type FlowStepId, flowSteps } from '../flow/flow-steps.ts'
import { exchangesOf, type FlowState } from './flow-state.ts'

/** `planned`: not done yet. `waiting`: held back by Step. The others say how it went. */
export type RowTone = 'planned' | 'waiting' | 'plain' | 'ok' | 'warn' | 'bad'

export interface DiagramRow {
  readonly kind: 'title' | 'note' | 'arrow'
  readonly stepId: FlowStepId
  /** Which exchange of the step, from 0; absent where the row belongs to none. */
  readonly number?: number
  readonly from: Lane
  readonly to: Lane
  readonly label: string
  readonly tone: RowTone
}

/** The flow as it went so far, and what is still to come, top to bottom. */
export function diagramRows(state: FlowState): DiagramRow[] {
  return flowSteps.flatMap(({ id, title }, index) => [
    row(id, {
      kind: 'title',
      label: `${index + 1} ${title}`,
      tone: state.status[id] === 'open' ? 'planned' : 'plain',
    }),
    ...rowsOf(state, id),
  ])
}

function rowsOf(state: FlowState, stepId: FlowStepId): DiagramRow[] {
  if (stepId === 'key') return [keyRow(state)]
  const done =
    stepId === 'authorize'
      ? visitRows(state)
      : exchangesOf(state, stepId).flatMap((exchange, number) => exchangeRows(stepId, exchange, number))
  const waiting = state.waiting?.stepId === stepId ? [waitingRow(state.waiting, stepId)] : []
  const rows = [...done, ...waiting]
  return rows.length > 0 ? rows : plannedRows(stepId)
}

function keyRow({ key, options }: FlowState): DiagramRow {
  const label = key
    ? `${key.signer.alg} key, jkt ${key.signer.jkt.slice(0, 8)}…`
    : `make an ${options.alg} key`
  return row('key', { kind: 'note', label, tone: key ? 'ok' : 'planned' })
}

function visitRows({ visit }: FlowState): DiagramRow[] {
  if (visit === undefined) return []
  const there = row('authorize', { to: 1, label: 'the browser goes to /authorize', tone: 'plain' })
  if (visit.cameBackTo === undefined) return [there]
  return [there, row('authorize', { from: 1, label: 'and comes back with a code', tone: 'ok' })]
}

function exchangeRows(stepId: FlowStepId, exchange: Exchange, number: number): DiagramRow[] {
  const server = laneOf(exchange.to)
  const by = exchange.from === 'web' ? ', by this site’s server' : ''
  const { method, url } = exchange.request
  return [
    row(stepId, { number, to: server, label: `${method} ${shortPath(url)}${by}`, tone: 'plain' }),
    row(stepId, { number, from: server, ...answerOf(exchange) }),
  ]
}

function answerOf(exchange: Exchange): Pick<DiagramRow, 'label' | 'tone'> {
  const { response } = exchange
  if (response === undefined) return { label: 'no answer', tone: 'bad' }
  const refusal = refusalOf(exchange)
  if (refusal === undefined)
    return { label: String(response.status), tone: response.status < 400 ? 'ok' : 'bad' }
  const tone = refusal.error === 'use_dpop_nonce' ? 'warn' : 'bad'
  return { label: `${response.status} ${refusal.error}`, tone }
}

function waitingRow({ words, draft }: NonNullable<FlowState['waiting']>, stepId: FlowStepId): DiagramRow {
  const to = draft.url.includes('/api/') ? 2 : 1
  return row(stepId, { to, label: `${words}: waits to be sent`, tone: 'waiting' })
}

const plans: Readonly<Record<FlowStepId, readonly (readonly [Lane, string])[]>> = {
  key: [],
  discover: [
    [2, 'who issues tokens for you?'],
    [1, 'where are your endpoints?'],
  ],
  par: [[1, 'the request, and the key']],
  authorize: [[1, 'you sign in and consent']],
  token: [[1, 'code and proof']],
  profile: [[2, 'token and proof']],
  refresh: [[1, 'refresh token and proof']],
  revoke: [[1, 'what is the token worth?']],
}

function plannedRows(stepId: FlowStepId): DiagramRow[] {
  return plans[stepId].map(([to, label]) => row(stepId, { to, label, tone: 'planned' }))
}

function laneOf(name: string): Lane {
  return name === 'resource-api' ? 2 : 1
}

function shortPath(url: string): string {
  const { pathname } = new URL(url)
  return pathname.length > 36 ? `${pathname.slice(0, 35)}…` : pathname
}

function row(
  stepId: FlowStepId,
  { kind = 'arrow', from = 0, to = 0, ...rest }: Partial<DiagramRow> & Pick<DiagramRow, 'label' | 'tone'>,
): DiagramRow {
  return { kind, stepId, from, to, ...rest }
}
