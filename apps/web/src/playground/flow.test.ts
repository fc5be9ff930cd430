import { describe, expect, it } from 'vitest'
import { flowSteps } from '../flow/flow-steps.ts'
import { type PlatformFault, places } from '../testing/fake-platform.ts'
import { type PlaygroundTab, testBrowserTabs } from '../testing/playground-tab.ts'
import { untilWaiting } from '../testing/until-waiting.ts'
import { exchangesOf } from './flow-state.ts'
import { defaultOptions } from './playground-options.ts'

function tab(fault: PlatformFault = {}): PlaygroundTab {
  return testBrowserTabs(fault).openTab()
}

async function upToAuthorize(here: PlaygroundTab, options = defaultOptions) {
  const flow = here.load()
  await flow.open(options)
  await flow.runAll()
  return flow
}

async function throughout(here: PlaygroundTab, options = defaultOptions) {
  await upToAuthorize(here, options)
  const flow = here.load()
  await flow.open(defaultOptions, here.answer())
  return flow
}

describe('the playground', () => {
  it('runs up to the authorization server, which it visits with client_id and request_uri alone', async () => {
    const here = tab()
    const flow = await upToAuthorize(here)
    expect(flow.get().status).toMatchObject({ key: 'done', discover: 'done', par: 'done', token: 'open' })
    expect(Object.fromEntries(here.visited[0]?.searchParams ?? [])).toEqual({
      client_id: 'playground',
      request_uri: 'urn:example:1',
    })
    const push = here.sent.filter(({ path }) => path === '/par').at(-1)?.form
    expect(Object.fromEntries(push ?? [])).toMatchObject({
      redirect_uri: `${places.webUrl}/playground/callback`,
      code_challenge_method: 'S256',
      scope: expect.stringContaining('openid'),
    })
    expect(push?.has('dpop_jkt')).toBe(false)
  })

  it('comes back to the very step, goes on by itself, and leaves the token alive until it is asked to end it', async () => {
    const flow = await throughout(tab())
    expect(flow.get().problem).toBeUndefined()
    const untouched = flowSteps.filter(({ id }) => flow.get().status[id] !== 'done')
    expect(untouched.map(({ id }) => id)).toEqual(['revoke'])
    await flow.runAll()
    expect(flow.get().status.revoke).toBe('done')
    const said = exchangesOf(flow.get(), 'revoke').filter(({ from }) => from === 'web')
    expect(said.map(({ response }) => JSON.parse(response?.body ?? '').active)).toEqual([true, false])
  })

  it('shows the nonce challenge as a sub-step of its own, with its verdict', async () => {
    const flow = await throughout(tab())
    for (const [stepId, refused, given] of [
      ['par', 400, 201],
      ['token', 400, 200],
      ['profile', 401, 200],
    ] as const)
      expect(
        exchangesOf(flow.get(), stepId).map((one) => [one.response?.status, one.verdict?.outcome]),
      ).toEqual([
        [refused, 'challenged'],
        [given, 'accepted'],
      ])
  })

  it('shows what the server received, where its journal holds it, and otherwise what was sent', async () => {
    const here = tab()
    const flow = here.load({
      journals: {
        traced: (fetch) => fetch,
        async find(noted) {
          if (noted.request.url.includes('resource')) return undefined
          return { ...noted, request: { ...noted.request, headers: [['Host', 'as.example']] } }
        },
      },
    })
    await flow.open(defaultOptions)
    await flow.runAll()
    const [ofResource, ofServer] = flow.get().exchanges
    expect(ofResource?.seenBy).toBe('client')
    expect(ofServer?.seenBy).toBe('server')
    expect(ofServer?.exchange.request.headers).toEqual([['Host', 'as.example']])
  })

  it('keeps no token, and after the return no verifier and no code, outside of the page', async () => {
    const here = tab()
    await throughout(here)
    expect(here.storage.saved).toBeUndefined()
    expect(here.kept.key?.pair.privateKey.extractable).toBe(false)
  })

  it('has its key again after a reload, and nothing else', async () => {
    const here = tab()
    const before = (await throughout(here)).get().key?.signer.jkt
    const flow = here.load()
    await flow.open(defaultOptions)
    expect(flow.get().key?.signer.jkt).toBe(before)
    expect(flow.get().status).toMatchObject({ key: 'done', discover: 'open', token: 'open' })
    expect(flow.get().tokens).toBeUndefined()
  })

  it('shows the pushed request again to whoever comes back without an answer, however often they reload', async () => {
    const here = tab()
    await upToAuthorize(here)
    for (let reload = 0; reload < 2; reload++) {
      const flow = here.load()
      await flow.open(defaultOptions)
      expect(flow.get().status).toMatchObject({ par: 'done', authorize: 'open' })
      expect(flow.get().selected).toBe('authorize')
    }
  })

  it.each([
    ['another state', { state: 'foreign' }],
    ['another issuer', { iss: 'http://evil.example' }],
    ['an error', { error: 'access_denied' }],
  ])('refuses an answer with %s and asks for no token', async (_, change) => {
    const here = tab()
    await upToAuthorize(here)
    const flow = here.load()
    await flow.open(defaultOptions, here.answer(change))
    expect(flow.get().problem?.stepId).toBe('par')
    expect(flow.get().code).toBeUndefined()
    expect(here.sent.filter(({ path }) => path === '/token')).toEqual([])
  })

  it('refuses an answer to a request that this tab did not make', async () => {
    const flow = tab().load()
    await flow.open(defaultOptions, new URLSearchParams({ code: 'c', state: 's', iss: places.issuer }))
    expect(flow.get().problem?.says).toContain('no request of this tab')
    expect(flow.get().handedOver).toBe(false)
  })

  it('throws a bearer token away', async () => {
    const flow = await throughout(tab({ tokenType: 'Bearer' }))
    expect(flow.get().problem).toMatchObject({ stepId: 'token', says: expect.stringContaining('not bound') })
    expect(flow.get().tokens).toBeUndefined()
  })

  it('stops where the metadata speak for another issuer (META-03)', async () => {
    const flow = await upToAuthorize(tab({ issuer: 'http://evil.example' }))
    expect(flow.get().problem?.stepId).toBe('discover')
  })

  it('says so when a revoked token is still active', async () => {
    const flow = await throughout(tab({ neverRevokes: true }))
    await flow.runAll()
    expect(flow.get().problem).toMatchObject({
      stepId: 'revoke',
      says: expect.stringContaining('still active'),
    })
  })

  it('says that a server does not answer', async () => {
    const flow = tab().load({
      fetch: async () => {
        throw new TypeError('Failed to fetch')
      },
    })
    await flow.open(defaultOptions)
    await flow.runAll()
    expect(flow.get().problem).toMatchObject({
      stepId: 'discover',
      says: expect.stringContaining('did not answer'),
    })
    expect(flow.get().exchanges[0]?.exchange.fault).toBe('Failed to fetch')
  })

  it('opens the later steps again when one is done anew', async () => {
    const flow = await throughout(tab())
    const again = flow.run('discover')
    await untilWaiting(flow)
    await flow.step()
    await untilWaiting(flow)
    await flow.step()
    await again
    expect(flow.get().status).toMatchObject({ key: 'done', discover: 'done', par: 'open', token: 'open' })
    expect(flow.get().tokens).toBeUndefined()
    expect(flow.get().exchanges.every(({ stepId }) => stepId === 'discover')).toBe(true)
  })
})
