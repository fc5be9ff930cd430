import { describe, expect, it } from 'vitest'
import { refusalOf } from '../exchange/exchange.ts'
import { flowSteps } from '../flow/flow-steps.ts'
import { fakePlatform, type PlatformFault, places } from '../testing/fake-platform.ts'
import { createFlow } from './flow.ts'
import type { KeptKey } from './key-store.ts'
import type { SavedFlow } from './saved-flow.ts'

/** A browser tab: what survives a page load is in here. */
function tab(fault: PlatformFault = {}) {
  const platform = fakePlatform(fault)
  const kept: { key?: KeptKey; saved?: SavedFlow } = {}
  const visited: URL[] = []
  return {
    ...platform,
    kept,
    visited,
    load: () =>
      createFlow({
        settings: places,
        keyStore: {
          read: async () => kept.key,
          async write(key) {
            kept.key = key
          },
        },
        memory: {
          read: () => kept.saved && (JSON.parse(JSON.stringify(kept.saved)) as SavedFlow),
          write(saved) {
            kept.saved = saved
          },
          clear() {
            delete kept.saved
          },
        },
        fetch: platform.fetch,
        clock: () => Date.now() / 1000,
        navigate: (url) => visited.push(new URL(url)),
      }),
    /** What the authorization server sends back. */
    answer: (change: Record<string, string> = {}) =>
      new URLSearchParams({
        code: 'code_1',
        state: kept.saved?.pending.state ?? '',
        iss: places.issuer,
        ...change,
      }),
  }
}

async function upToAuthorize(here: ReturnType<typeof tab>) {
  const flow = here.load()
  await flow.open()
  await flow.runAll()
  return flow
}

async function throughout(here: ReturnType<typeof tab>) {
  await upToAuthorize(here)
  const flow = here.load()
  await flow.open(here.answer())
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

  it('comes back to the very step, goes on by itself, and every attack is refused by its check', async () => {
    const here = tab()
    const flow = await throughout(here)
    const { status, exchanges, problem } = flow.get()
    expect(problem).toBeUndefined()
    expect(flowSteps.map(({ id }) => status[id])).toEqual(flowSteps.map(() => 'done'))
    const refusals = exchanges
      .filter(({ stepId }) => stepId === 'attacks')
      .map(({ exchange }) => refusalOf(exchange)?.reason)
    expect(refusals).toEqual(['jti.unused', 'scheme.match', 'jkt.match'])
  })

  it('shows the nonce challenge as a sub-step of its own, with its verdict', async () => {
    const flow = await throughout(tab())
    const pushes = flow.get().exchanges.filter(({ stepId }) => stepId === 'par')
    expect(pushes.map(({ exchange }) => [exchange.response?.status, exchange.verdict?.outcome])).toEqual([
      [400, 'challenged'],
      [201, 'accepted'],
    ])
  })

  it('keeps no token, and after the return no verifier and no code, outside of the page', async () => {
    const here = tab()
    await throughout(here)
    expect(here.kept.saved).toBeUndefined()
    expect(here.kept.key?.pair.privateKey.extractable).toBe(false)
  })

  it('has its key again after a reload, and nothing else', async () => {
    const here = tab()
    const before = (await throughout(here)).get().key?.signer.jkt
    const flow = here.load()
    await flow.open()
    expect(flow.get().key?.signer.jkt).toBe(before)
    expect(flow.get().status).toMatchObject({ key: 'done', discover: 'open', token: 'open' })
    expect(flow.get().tokens).toBeUndefined()
  })

  it.each([
    ['another state', { state: 'foreign' }],
    ['another issuer', { iss: 'http://evil.example' }],
    ['an error', { error: 'access_denied' }],
  ])('refuses an answer with %s and asks for no token', async (_, change) => {
    const here = tab()
    await upToAuthorize(here)
    const flow = here.load()
    await flow.open(here.answer(change))
    expect(flow.get().problem?.stepId).toBe('par')
    expect(flow.get().code).toBeUndefined()
    expect(here.sent.filter(({ path }) => path === '/token')).toEqual([])
  })

  it('refuses an answer to a request that this tab did not make', async () => {
    const flow = tab().load()
    await flow.open(new URLSearchParams({ code: 'c', state: 's', iss: places.issuer }))
    expect(flow.get().problem?.says).toContain('no request of this tab')
  })

  it('throws a bearer token away', async () => {
    const flow = await throughout(tab({ tokenType: 'Bearer' }))
    expect(flow.get().problem).toMatchObject({ stepId: 'token', says: expect.stringContaining('not bound') })
    expect(flow.get().tokens).toBeUndefined()
  })

  it('stops where the metadata speak for another issuer', async () => {
    const flow = await upToAuthorize(tab({ issuer: 'http://evil.example' }))
    expect(flow.get().problem?.stepId).toBe('discover')
  })

  it('says so when an attack succeeds', async () => {
    const flow = await throughout(tab({ acceptsEverything: true }))
    expect(flow.get().problem).toMatchObject({ stepId: 'attacks', says: expect.stringContaining('200') })
  })

  it('says that a server does not answer', async () => {
    const here = tab()
    const flow = createFlow({
      settings: places,
      keyStore: { read: async () => undefined, write: async () => {} },
      memory: { read: () => undefined, write: () => {}, clear: () => {} },
      fetch: async () => {
        throw new TypeError('Failed to fetch')
      },
      clock: () => 0,
      navigate: (url) => here.visited.push(new URL(url)),
    })
    await flow.open()
    await flow.runAll()
    expect(flow.get().problem).toMatchObject({
      stepId: 'discover',
      says: expect.stringContaining('did not answer'),
    })
    expect(flow.get().exchanges[0]?.exchange.fault).toBe('Failed to fetch')
  })

  it('opens the later steps again when one is done anew', async () => {
    const flow = await throughout(tab())
    await flow.run('discover')
    expect(flow.get().status).toMatchObject({
      key: 'done',
      discover: 'done',
      par: 'open',
      token: 'open',
      refresh: 'open',
    })
    expect(flow.get().tokens).toBeUndefined()
    expect(flow.get().exchanges.every(({ stepId }) => stepId === 'discover')).toBe(true)
  })
})
