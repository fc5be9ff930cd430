import { describe, expect, it } from 'vitest'
import { places } from '../testing/fake-platform.ts'
import { testBrowserTabs } from '../testing/playground-tab.ts'
import { defaultOptions, optionsQuery, optionValues, readOptions, withOption } from './playground-options.ts'

describe('the options in the address', () => {
  it('read back as they were written, every combination', () => {
    for (const alg of optionValues.alg)
      for (const key of optionValues.key)
        for (const request of optionValues.request)
          for (const binding of optionValues.binding) {
            const options = withOption(defaultOptions, { alg, key, request, binding })
            expect(readOptions(new URLSearchParams(optionsQuery(options)))).toEqual(options)
          }
  })

  it('are the defaults where the address says nothing or nonsense', () => {
    expect(readOptions(new URLSearchParams('alg=none&key=server&binding='))).toEqual(defaultOptions)
    expect(optionsQuery(defaultOptions)).toBe('')
  })

  it('never ask for a proof at a push that does not take place', () => {
    expect(withOption(defaultOptions, { request: 'plain' }).binding).toBe('dpop_jkt')
  })
})

describe('the flow under other options', () => {
  it('puts dpop_jkt and everything else into the address when nothing is pushed, and no secret (BROWSER-07)', async () => {
    const here = testBrowserTabs().openTab()
    const flow = here.load()
    await flow.open({ ...defaultOptions, request: 'plain', binding: 'dpop_jkt' })
    await flow.runAll()
    expect(Object.fromEntries(here.visited[0]?.searchParams ?? [])).toMatchObject({
      client_id: 'playground',
      redirect_uri: `${places.webUrl}/playground/callback`,
      dpop_jkt: flow.get().key?.signer.jkt,
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
    })
    expect(JSON.stringify(here.sent)).not.toMatch(/client_secret|client_assertion/)
    expect(here.sent.filter(({ path }) => path === '/par')).toEqual([])
  })

  it('pushes dpop_jkt without a proof', async () => {
    const here = testBrowserTabs().openTab()
    const flow = here.load()
    await flow.open({ ...defaultOptions, binding: 'dpop_jkt' })
    await flow.step()
    await flow.runAll()
    const [push] = here.sent.filter(({ path }) => path === '/par')
    expect(push?.form.get('dpop_jkt')).toBe(flow.get().key?.signer.jkt)
    expect(
      flow
        .get()
        .exchanges.at(-1)
        ?.exchange.request.headers.map(([name]) => name),
    ).not.toContain('DPoP')
  })

  it('does not use a kept key of another algorithm', async () => {
    const here = testBrowserTabs().openTab()
    const first = here.load()
    await first.open(defaultOptions)
    await first.runAll()
    const second = here.load()
    await second.open({ ...defaultOptions, alg: 'Ed25519' })
    expect(second.get().status.key).toBe('open')
    await second.step()
    expect(second.get().key?.signer.alg).toBe('Ed25519')
  })

  it('keeps a key in memory in this page: the visit goes on in another tab, which hands the answer over', async () => {
    const browser = testBrowserTabs()
    const here = browser.openTab()
    const flow = here.load()
    await flow.open({ ...defaultOptions, key: 'memory' })
    await flow.runAll()
    expect(here.visited).toEqual([])
    expect(here.kept.key).toBeUndefined()
    const { pending, visit } = flow.get()
    expect(visit?.sentTo).toContain('request_uri=')

    const other = browser.openTab().load()
    const answer = { code: 'code_1', state: pending?.state ?? '', iss: places.issuer }
    await other.open(defaultOptions, new URLSearchParams(answer))
    expect(other.get().handedOver).toBe(true)
    await new Promise<void>((done) => flow.subscribe(() => flow.get().status.refresh === 'done' && done()))
    expect(flow.get().problem).toBeUndefined()
  })

  it('hands nothing over that no tab has asked for', async () => {
    const browser = testBrowserTabs()
    const flow = browser.openTab().load()
    await flow.open({ ...defaultOptions, key: 'memory' })
    await flow.runAll()
    const other = browser.openTab().load()
    await other.open(defaultOptions, new URLSearchParams({ code: 'c', state: 'foreign', iss: places.issuer }))
    expect(other.get().handedOver).toBe(false)
    expect(flow.get().code).toBeUndefined()
  })
})
