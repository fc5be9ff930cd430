import { type Exchange, headerOf, newTraceId, traceHeader } from '@keybound/exchange'

/** The journals of the servers that are spoken to, under one trace id that only its maker knows. */
export interface ServerJournals {
  /** A fetch that asks the server to keep the exchange. */
  traced(fetch: typeof globalThis.fetch): typeof globalThis.fetch
  /** The exchange as the server received it and judged it; undefined where its journal does not hold it. */
  find(noted: Exchange): Promise<Exchange | undefined>
}

/** `bases`: issuer and API, whose journals are read. Only in demo mode do servers keep one. */
export function serverJournals(options: {
  fetch: typeof fetch
  bases: readonly string[]
  traceId?: string
}): ServerJournals {
  const { bases, traceId = newTraceId() } = options
  return {
    traced(fetch) {
      return (input, init) => {
        const request = new Request(input, init)
        if (baseOf(bases, request.url) !== undefined) request.headers.set(traceHeader, traceId)
        return fetch(request)
      }
    },
    async find(noted) {
      const base = baseOf(bases, noted.request.url)
      const id = noted.response && headerOf(noted.response.headers, 'x-correlation-id')
      if (base === undefined || id === undefined) return undefined
      const url = `${base}/journal?secrets=live`
      const answer = await options.fetch(url, { headers: { [traceHeader]: traceId } }).catch(() => undefined)
      if (!answer?.ok) return undefined
      const { exchanges } = (await answer.json()) as { exchanges: readonly Exchange[] }
      const received = exchanges.find((exchange) => exchange.id === id)
      return received && asSeenThere(noted, received)
    },
  }
}

/** What was received, under the name that it had here; without the trace id, which opens the journal. */
function asSeenThere(noted: Exchange, { request, response, verdict }: Exchange): Exchange {
  const headers = request.headers.filter(([name]) => name.toLowerCase() !== traceHeader)
  return {
    ...noted,
    request: { ...request, headers },
    ...(response && { response }),
    ...(verdict && { verdict }),
  }
}

function baseOf(bases: readonly string[], url: string): string | undefined {
  return bases.find((base) => new URL(base).origin === new URL(url).origin)
}
