import { headerOf } from '@keybound/exchange'
import { describe, expect, it } from 'vitest'
import { decodeProof } from '../proof/decode-proof.ts'
import { testBrowserTabs } from '../testing/playground-tab.ts'
import { untilWaiting } from '../testing/until-waiting.ts'
import type { Flow } from './flow.ts'
import { exchangesOf } from './flow-state.ts'
import { defaultOptions } from './playground-options.ts'

async function atThePush() {
  const here = testBrowserTabs().openTab()
  const flow = here.load()
  await flow.open(defaultOptions)
  await flow.step()
  const discovering = flow.step()
  for (let sent = 0; sent < 2; sent++) {
    await untilWaiting(flow)
    await flow.step()
  }
  await discovering
  const pushing = flow.step()
  await untilWaiting(flow)
  return { here, flow, pushing }
}

function statuses(flow: Flow): (number | undefined)[] {
  return exchangesOf(flow.get(), 'par').map(({ response }) => response?.status)
}

describe('Step', () => {
  it('stops before each request, the retry for a nonce included, and sends nothing by itself', async () => {
    const { here, flow, pushing } = await atThePush()
    expect(here.sent.filter(({ path }) => path === '/par')).toHaveLength(0)
    await flow.step()
    const retry = await untilWaiting(flow)
    expect(here.sent.filter(({ path }) => path === '/par')).toHaveLength(1)
    expect(retry.draft.proof?.claims.map(({ name }) => name)).toContain('nonce')
    await flow.step()
    await pushing
    expect(statuses(flow)).toEqual([400, 201])
    expect(flow.get().status.par).toBe('done')
  })

  it('sends the request as it was edited, its proof signed anew', async () => {
    const { flow } = await atThePush()
    const { draft } = await untilWaiting(flow)
    const claims =
      draft.proof?.claims.map((one) => (one.name === 'htm' ? { ...one, value: 'PUT' } : one)) ?? []
    flow.edit({ ...draft, proof: { header: draft.proof?.header ?? [], claims } })
    await flow.step()
    await untilWaiting(flow)
    const [first] = exchangesOf(flow.get(), 'par')
    const proof = headerOf(first?.request.headers ?? [], 'dpop') ?? ''
    expect(decodeProof(proof)?.payload.htm).toBe('PUT')
    expect(first?.verdict?.checks.find(({ id }) => id === 'htm.match')?.status).toBe('fail')
    expect(first?.verdict?.checks.find(({ id }) => id === 'sig.valid')?.status).toBe('pass')
  })

  it('says which edit a browser cannot send', async () => {
    const { flow, pushing } = await atThePush()
    const { draft } = await untilWaiting(flow)
    flow.edit({ ...draft, method: 'NOT A METHOD' })
    await flow.step()
    await pushing
    expect(flow.get().problem).toMatchObject({ stepId: 'par', says: expect.stringContaining('cannot send') })
  })

  it('goes on without a stop once Run all is pressed', async () => {
    const { here, flow, pushing } = await atThePush()
    await flow.runAll()
    await pushing
    expect(here.visited).toHaveLength(1)
  })

  it('forgets the request that waits when the flow starts over, and sends it never', async () => {
    const { here, flow, pushing } = await atThePush()
    flow.startOver()
    await pushing
    expect(flow.get()).toMatchObject({
      running: false,
      status: { key: 'done', discover: 'open', par: 'open' },
    })
    expect(flow.get().waiting).toBeUndefined()
    expect(flow.get().problem).toBeUndefined()
    expect(here.sent.filter(({ path }) => path === '/par')).toEqual([])
  })
})
