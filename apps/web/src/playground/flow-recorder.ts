import { type Exchange, headerOf, judgeExchange, recordingFetch } from '@keybound/exchange'
import type { Clock } from '@keybound/oauth'
import type { ServerJournals } from '../exchange/server-journals.ts'
import type { StepExchange } from './flow-state.ts'
import type { Purpose } from './steps/step-tools.ts'

export interface FlowRecorder {
  /** A fetch that notes each exchange, judged, before it gives its response. */
  recorded(fetch: typeof globalThis.fetch, purpose: Purpose): typeof globalThis.fetch
}

/**
 * Notes each exchange as the server received and judged it, where it keeps a journal; otherwise as it was sent, judged as far as a
 * client can. The nonces that a server gave are remembered by origin, since the client's verdict asks for them.
 */
export function createFlowRecorder(options: {
  clock: Clock
  journals: ServerJournals | undefined
  note: (noted: Omit<StepExchange, 'stepId'>) => void
}): FlowRecorder {
  const { clock, journals, note } = options
  const noncesSeen = new Map<string, readonly string[]>()

  async function judged(exchange: Exchange, { accessToken, jkt }: Purpose): Promise<Exchange> {
    const { origin } = new URL(exchange.request.url)
    const given = exchange.response && headerOf(exchange.response.headers, 'dpop-nonce')
    const nonces = [...(noncesSeen.get(origin) ?? []), ...(given === undefined ? [] : [given])]
    noncesSeen.set(origin, nonces)
    const known = { nonces, ...(accessToken !== undefined && { accessToken }), ...(jkt && { jkt }) }
    const verdict = await judgeExchange(exchange, known)
    return { ...exchange, ...(verdict && { verdict }) }
  }

  async function noteWithVerdict(sent: Exchange, purpose: Purpose): Promise<void> {
    const known = await judged(sent, purpose)
    const received = await journals?.find(known)
    note({ exchange: received ?? known, seenBy: received ? 'server' : 'client' })
  }

  return {
    recorded(fetch, purpose) {
      const judgements: Promise<void>[] = []
      const recording = recordingFetch({
        fetch: journals ? journals.traced(fetch) : fetch,
        clock,
        about: { step: purpose.words, from: 'playground', to: purpose.to },
        record: (exchange) => judgements.push(noteWithVerdict(exchange, purpose)),
      })
      return async (input, init) => {
        try {
          return await recording(input, init)
        } finally {
          await Promise.all(judgements)
        }
      }
    },
  }
}
