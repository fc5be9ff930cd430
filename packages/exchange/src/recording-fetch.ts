import type { Clock } from '@keybound/oauth'
import type { Exchange, HeaderLines } from './exchange.ts'
import { spellHeader } from './spell-header.ts'

/**
 * A fetch that notes every exchange it makes, in a browser and on the server alike. Put innermost, below the fetch that retries, it
 * sees each attempt.
 */
export function recordingFetch(options: {
  fetch: typeof fetch
  clock: Clock
  about: Pick<Exchange, 'step' | 'from' | 'to'>
  record: (exchange: Exchange) => void
}): typeof fetch {
  const { about, clock, record } = options
  return async (input, init) => {
    const request = new Request(input, init)
    const body = request.method === 'GET' || request.method === 'HEAD' ? '' : await request.clone().text()
    const sentAt = clock()
    const noted = {
      ...about,
      id: crypto.randomUUID(),
      request: {
        method: request.method,
        url: request.url,
        headers: linesOf(request.headers),
        ...(body !== '' && { body }),
      },
    }
    try {
      const response = await options.fetch(request)
      const text = await response.clone().text()
      const { status } = response
      const answer = { status, headers: linesOf(response.headers), ...(text !== '' && { body: text }) }
      record({ ...noted, response: answer, timings: { sentAt, took: clock() - sentAt } })
      return response
    } catch (fault) {
      const said = fault instanceof Error ? fault.message : 'no answer'
      record({ ...noted, fault: said, timings: { sentAt, took: clock() - sentAt } })
      throw fault
    }
  }
}

/** Headers in the spelling of the specifications; `Headers` gives them in lower case. */
function linesOf(headers: Headers): HeaderLines {
  return Array.from(headers, ([name, value]) => [spellHeader(name), value] as const)
}
