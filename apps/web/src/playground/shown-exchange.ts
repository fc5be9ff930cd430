import type { Exchange } from '@keybound/exchange'
import type { FlowState, StepExchange } from './flow-state.ts'

/** What the panel shows of the selected step: the chosen exchange, or the last; and the attempt before it at the same request. */
export function shownExchange(state: FlowState): {
  readonly number: number
  readonly exchange?: Exchange
  readonly before?: Exchange
  readonly seenBy?: StepExchange['seenBy']
} {
  const noted = state.exchanges.filter(({ stepId }) => stepId === state.selected)
  const exchanges = noted.map(({ exchange }) => exchange)
  const last = exchanges.length - 1
  const number = state.shown !== undefined && state.shown <= last ? state.shown : last
  const exchange = exchanges[number]
  const seenBy = noted[number]?.seenBy
  if (exchange === undefined || seenBy === undefined) return { number }
  const before = exchanges
    .slice(0, number)
    .findLast(
      ({ request }) => request.method === exchange.request.method && request.url === exchange.request.url,
    )
  return { number, exchange, seenBy, ...(before && { before }) }
}
