import { type Exchange, headerOf, judgeExchange, recordingFetch } from '@keybound/exchange'
import type { Clock } from '@keybound/oauth'
import type { Purpose } from './steps/step-tools.ts'

export interface FlowRecorder {
  /** A fetch that notes each exchange, judged, before it gives its response. */
  recorded(fetch: typeof globalThis.fetch, purpose: Purpose): typeof globalThis.fetch
}

/** Notes exchanges with their verdict. The nonces that a server gave are remembered by origin, since a verdict asks for them. */
export function createFlowRecorder(options: {
  clock: Clock
  note: (exchange: Exchange) => void
}): FlowRecorder {
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

  return {
    recorded(fetch, purpose) {
      const judgements: Promise<void>[] = []
      const recording = recordingFetch({
        fetch,
        clock: options.clock,
        about: { step: purpose.words, from: 'playground', to: purpose.to },
        record: (exchange) => judgements.push(judged(exchange, purpose).then(options.note)),
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
