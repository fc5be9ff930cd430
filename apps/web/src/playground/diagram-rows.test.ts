import { describe, expect, it } from 'vitest'
import { testBrowserTabs } from '../testing/playground-tab.ts'
import { untilWaiting } from '../testing/until-waiting.ts'
import { diagramRows } from './diagram-rows.ts'
import { initialState } from './flow-state.ts'
import { defaultOptions } from './playground-options.ts'
import { shownExchange } from './shown-exchange.ts'

async function afterRunAll() {
  const here = testBrowserTabs().openTab()
  const before = here.load()
  await before.open(defaultOptions)
  await before.runAll()
  const flow = here.load()
  await flow.open(defaultOptions, here.answer())
  return flow
}

describe('the picture of the flow', () => {
  it('plans every step before anything was done', () => {
    const rows = diagramRows(initialState)
    expect(rows.filter(({ kind }) => kind === 'title')).toHaveLength(8)
    expect(rows.every(({ tone }) => tone === 'planned')).toBe(true)
  })

  it('has two arrows for each exchange, the challenge among them, and still plans what was not done', async () => {
    const flow = await afterRunAll()
    const rows = diagramRows(flow.get())
    const token = rows.filter(({ stepId, kind }) => stepId === 'token' && kind === 'arrow')
    expect(token.map(({ label, tone, number, from, to }) => [label, tone, number, from, to])).toEqual([
      ['POST /token', 'plain', 0, 0, 1],
      ['400 use_dpop_nonce', 'warn', 0, 1, 0],
      ['POST /token', 'plain', 1, 0, 1],
      ['200', 'ok', 1, 1, 0],
    ])
    expect(rows.filter(({ stepId, kind }) => stepId === 'revoke' && kind === 'arrow')).toMatchObject([
      { tone: 'planned' },
    ])
    expect(rows.filter(({ stepId }) => stepId === 'authorize').at(-1)?.label).toContain('code')
  })

  it('shows the request that waits where it will go', async () => {
    const flow = await afterRunAll()
    const reading = flow.run('profile')
    await untilWaiting(flow)
    const waiting = diagramRows(flow.get()).filter(({ tone }) => tone === 'waiting')
    expect(waiting).toMatchObject([{ stepId: 'profile', to: 2 }])
    flow.startOver()
    await reading
  })
})

describe('the exchange that is shown', () => {
  it('is the last of the step, with the attempt before it, unless another one is chosen', async () => {
    const flow = await afterRunAll()
    flow.select('token')
    expect(shownExchange(flow.get())).toMatchObject({
      number: 1,
      exchange: { response: { status: 200 } },
      before: { response: { status: 400 } },
    })
    flow.select('token', 0)
    const first = shownExchange(flow.get())
    expect([first.number, first.before]).toEqual([0, undefined])
  })

  it('is none for a step without any', () => {
    expect(shownExchange(initialState).exchange).toBeUndefined()
  })
})
