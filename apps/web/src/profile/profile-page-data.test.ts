import { type Exchange, traceHeader } from '@keybound/exchange'
import { describe, expect, it } from 'vitest'
import { fakeAuthorizationServer } from '../testing/fake-authorization-server.ts'
import { testBrowser } from '../testing/test-browser.ts'
import { testEnv, testWeb } from '../testing/test-web.ts'
import { profilePageData } from './profile-page-data.ts'

const profile = { sub: 'alice-sub', name: 'Alice', email: 'a@example.com', locale: 'en', updated_at: 1 }

/** An API that keeps a journal, as in demo mode. */
async function arrange() {
  const server = await fakeAuthorizationServer()
  const traces: (string | null)[] = []
  const kept: Exchange[] = []
  const web = await testWeb(async (input, init) => {
    const request = new Request(input, init)
    if (!request.url.startsWith(testEnv.apiUrl)) return server.fetch(request)
    traces.push(request.headers.get(traceHeader))
    if (request.url.endsWith('/journal?secrets=live')) return Response.json({ exchanges: kept })
    const id = `correlation-${traces.length}`
    kept.push({
      id,
      step: 'GET /api/profile',
      from: 'browser',
      to: 'resource-api',
      request: { method: request.method, url: request.url, headers: [['X-Seen-By', 'the API']] },
      timings: { sentAt: 0, took: 0 },
      verdict: { outcome: 'accepted', checks: [] },
    })
    return Response.json(profile, { headers: { 'x-correlation-id': id } })
  })
  const browser = testBrowser(web, server)
  await browser.signIn()
  return { web, id: (await browser.session())?.sessionId ?? '', traces }
}

describe('what the profile page shows', () => {
  it('is the request as the API received and judged it', async () => {
    const { web, id } = await arrange()
    const data = await profilePageData(web, id)
    if (data.state !== 'answered') throw new Error(data.state)
    expect(data.exchange.request.headers).toEqual([['X-Seen-By', 'the API']])
    expect(data.exchange.verdict?.outcome).toBe('accepted')
    expect(data.profile).toEqual(profile)
  })

  it('is asked for under a trace id of this one page', async () => {
    const { web, id, traces } = await arrange()
    await profilePageData(web, id)
    await profilePageData(web, id)
    const [first, journal, second] = traces
    expect(first).toMatch(/^[\w-]{22,}$/)
    expect(journal).toBe(first)
    expect(second).not.toBe(first)
  })

  it('is as far as a client can tell where servers keep no journal', async () => {
    const { web, id, traces } = await arrange()
    const data = await profilePageData({ ...web, env: { ...web.env, mode: 'hardened' } }, id)
    if (data.state !== 'answered') throw new Error(data.state)
    expect(traces).toEqual([null])
    expect(data.exchange.verdict?.checks.length).toBeGreaterThan(10)
  })
})
