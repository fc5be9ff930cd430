import { type Exchange, traceHeader } from '@keybound/exchange'
import { describe, expect, it } from 'vitest'
import { serverJournals } from './server-journals.ts'

const issuer = 'http://as.example'

function exchange(change: Partial<Exchange> = {}): Exchange {
  return {
    id: 'mine',
    step: 'Redeem the code',
    from: 'playground',
    to: 'auth-server',
    request: { method: 'POST', url: `${issuer}/token`, headers: [['DPoP', 'p']] },
    response: { status: 200, headers: [['X-Correlation-Id', 'c-1']] },
    timings: { sentAt: 1, took: 0.1 },
    ...change,
  }
}

/** A server whose journal holds one exchange. */
function arrange() {
  const received = exchange({
    id: 'c-1',
    step: 'POST /token',
    from: 'browser',
    request: {
      method: 'POST',
      url: `${issuer}/token`,
      headers: [
        ['Host', 'as.example'],
        ['DPoP', 'p'],
        ['Keybound-Trace', 'x'.repeat(24)],
      ],
    },
    verdict: { outcome: 'accepted', checks: [] },
  })
  const asked: Request[] = []
  const fetch: typeof globalThis.fetch = async (input, init) => {
    asked.push(new Request(input, init))
    return Response.json({ server: 'auth-server', exchanges: [received] })
  }
  return { asked, fetch, journals: serverJournals({ fetch, bases: [issuer] }) }
}

describe('the journals of the servers', () => {
  it('give the exchange as it was received and judged, under its name here', async () => {
    const { journals } = arrange()
    const found = await journals.find(exchange())
    expect(found).toMatchObject({ id: 'mine', step: 'Redeem the code', from: 'playground' })
    expect(found?.request.headers.map(([name]) => name)).toEqual(['Host', 'DPoP'])
    expect(found?.verdict?.outcome).toBe('accepted')
  })

  it('are asked under the trace id that the requests carried, which is new for each page', async () => {
    const { asked, fetch, journals } = arrange()
    await journals.traced(fetch)(`${issuer}/token`, { method: 'POST' })
    await journals.find(exchange())
    const ids = asked.map((request) => request.headers.get(traceHeader))
    expect(ids[0]).toMatch(/^[\w-]{22,}$/)
    expect(ids[1]).toBe(ids[0])
    const others = serverJournals({ fetch, bases: [issuer] })
    await others.find(exchange())
    expect(asked.at(-1)?.headers.get(traceHeader)).not.toBe(ids[0])
  })

  it('are told to no other server', async () => {
    const { asked, fetch, journals } = arrange()
    await journals.traced(fetch)('http://web.example/playground/introspect', { method: 'POST' })
    expect(asked[0]?.headers.has(traceHeader)).toBe(false)
    const elsewhere = exchange({ request: { method: 'GET', url: 'http://web.example/', headers: [] } })
    expect(await journals.find(elsewhere)).toBeUndefined()
  })

  it('give nothing where there is none, or where they do not hold the exchange', async () => {
    const { journals } = arrange()
    const other = exchange({ response: { status: 200, headers: [['X-Correlation-Id', 'c-2']] } })
    expect(await journals.find(other)).toBeUndefined()
    const without = serverJournals({
      fetch: async () => new Response(null, { status: 404 }),
      bases: [issuer],
    })
    expect(await without.find(exchange())).toBeUndefined()
    expect(await without.find(exchange({ response: { status: 200, headers: [] } }))).toBeUndefined()
  })
})
