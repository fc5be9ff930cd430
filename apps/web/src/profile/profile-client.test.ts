import { describe, expect, it } from 'vitest'
import { decodePayload } from '../proof/decode-proof.ts'
import {
  type FakeAuthorizationServer,
  fakeAuthorizationServer,
  type Misbehaviour,
} from '../testing/fake-authorization-server.ts'
import { testBrowser } from '../testing/test-browser.ts'
import { testEnv, testWeb } from '../testing/test-web.ts'
import { fetchProfile } from './profile-client.ts'

interface Call {
  readonly authorization: string
  readonly proof: Readonly<Record<string, unknown>> | undefined
}

/** The API beside the authorization server; `answer` judges each call. */
async function arrange(answer: (call: Call, number: number) => Response, bad: Misbehaviour = {}) {
  const server: FakeAuthorizationServer = await fakeAuthorizationServer(bad)
  const calls: Call[] = []
  const web = await testWeb(async (input, init) => {
    const request = new Request(input, init)
    if (!request.url.startsWith(testEnv.apiUrl)) return server.fetch(request)
    const call = {
      authorization: request.headers.get('authorization') ?? '',
      proof: decodePayload(request.headers.get('dpop') ?? ''),
    }
    calls.push(call)
    return answer(call, calls.length)
  })
  const browser = testBrowser(web, server)
  await browser.signIn()
  const id = (await browser.session())?.sessionId ?? ''
  const refreshes = () =>
    server.posts('/token').filter(({ form }) => form.get('grant_type') === 'refresh_token')
  return { server, web, calls, id, refreshes }
}

const profile = () => Response.json({ sub: 'alice-sub', name: 'Alice' })
const refused = () =>
  new Response(null, { status: 401, headers: { 'www-authenticate': 'DPoP error="invalid_token"' } })

function challenge(nonce: string): Response {
  const headers = { 'www-authenticate': 'DPoP error="use_dpop_nonce"', 'dpop-nonce': nonce }
  return new Response(null, { status: 401, headers })
}

describe('reading the profile', () => {
  it('sends the token under DPoP with a proof for this request and token, by the key of the session', async () => {
    const { web, calls, id } = await arrange(profile)
    const answer = await fetchProfile(web, id)
    expect(answer?.response.status).toBe(200)
    expect(calls[0]?.authorization).toBe(`DPoP ${answer?.session.tokens.accessToken}`)
    expect(calls[0]?.proof).toMatchObject({
      htm: 'GET',
      htu: `${testEnv.apiUrl}/api/profile`,
      ath: expect.any(String),
    })
    expect(answer?.exchanges).toHaveLength(1)
  })

  it('answers use_dpop_nonce once, with a new jti and the nonce (B-010)', async () => {
    const { web, calls, id } = await arrange((_, number) => (number === 1 ? challenge('n1') : profile()))
    const answer = await fetchProfile(web, id)
    expect(answer?.response.status).toBe(200)
    expect(calls).toHaveLength(2)
    expect(calls[1]?.proof).toMatchObject({ nonce: 'n1' })
    expect(calls[1]?.proof?.jti).not.toBe(calls[0]?.proof?.jti)
    expect(answer?.exchanges).toHaveLength(2)
  })

  it('does not loop with a server that is never content (B-011)', async () => {
    const { web, calls, id, refreshes } = await arrange((_, number) => challenge(`n${number}`))
    const answer = await fetchProfile(web, id)
    expect(answer?.response.status).toBe(401)
    expect(calls).toHaveLength(2)
    expect(refreshes()).toEqual([])
  })

  it('refreshes once for twenty parallel calls with a token that was refused, and nobody is signed out (B-013)', async () => {
    const first = { token: '' }
    const { web, id, refreshes } = await arrange(({ authorization }) => {
      first.token ||= authorization
      return authorization === first.token ? refused() : profile()
    })
    const answers = await Promise.all(Array.from({ length: 20 }, () => fetchProfile(web, id)))
    expect(answers.map((answer) => answer?.response.status)).toEqual(Array(20).fill(200))
    expect(refreshes()).toHaveLength(1)
  })

  it('is over when the grant was revoked, and never falls back to Bearer (B-017)', async () => {
    const { web, calls, id } = await arrange(refused, { refresh: 'invalid_grant' })
    expect(await fetchProfile(web, id)).toBeUndefined()
    expect(await web.sessions.find(id)).toBeUndefined()
    for (const call of calls) expect(call.authorization).toMatch(/^DPoP /)
  })

  it('keeps the session where the authorization server is down for a moment', async () => {
    const { web, id } = await arrange(refused, { refresh: 'unavailable' })
    await expect(fetchProfile(web, id)).rejects.toThrow()
    expect(await web.sessions.find(id)).toBeDefined()
  })

  it('uses no bearer token that a refresh may bring', async () => {
    const bad: Misbehaviour = {}
    const { web, id, calls } = await arrange(refused, bad)
    bad.tokenType = 'Bearer'
    await expect(fetchProfile(web, id)).rejects.toThrow('not bound')
    expect(calls.every(({ authorization }) => authorization.startsWith('DPoP '))).toBe(true)
  })
})
