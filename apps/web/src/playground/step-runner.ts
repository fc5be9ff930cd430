import { createNonceCache } from '@keybound/dpop/client'
import type { Exchange } from '@keybound/exchange'
import type { Clock } from '@keybound/oauth'
import type { ServerJournals } from '../exchange/server-journals.ts'
import type { FlowStepId } from '../flow/flow-steps.ts'
import { createFlowRecorder } from './flow-recorder.ts'
import { nextStep, type PlaygroundSettings, reopen, type StepExchange } from './flow-state.ts'
import { type FlowStore, sentenceOf } from './flow-store.ts'
import type { KeyStore } from './key-store.ts'
import type { PlaygroundOptions } from './playground-options.ts'
import { createSendGate, type Pace } from './send-gate.ts'
import { StepProblem } from './step-problem.ts'
import { steps } from './steps/index.ts'
import type { StepTools } from './steps/step-tools.ts'

export interface StepRunnerOptions {
  readonly settings: PlaygroundSettings
  /** Where a key is kept, by the option of that name. */
  readonly keyStores: Readonly<Record<PlaygroundOptions['key'], KeyStore>>
  readonly fetch: typeof fetch
  readonly clock: Clock
  /** Absent where the servers keep none. */
  readonly journals?: ServerJournals | undefined
  /** Begins the visit to the authorization server; `goesOn`: the rest is to follow by itself. */
  readonly authorize: (goesOn: boolean) => void
}

export interface StepRunner {
  /** Sends the request that waits, or begins the next step; stops before each request. */
  step(): Promise<void>
  /** Begins this step again, stopping before each request; those after it are open again. */
  run(stepId: FlowStepId): Promise<void>
  /** Everything that is left without a stop, but for the last step, which revokes: that alone when nothing else is left. */
  runAll(): Promise<void>
  /** Whatever runs or waits changes nothing any more. */
  putAside(): void
}

export function createStepRunner(store: FlowStore, options: StepRunnerOptions): StepRunner {
  const { settings, clock } = options
  const nonces = createNonceCache()
  const gate = createSendGate({
    clock,
    show: (waiting) => store.set(({ waiting: _, ...now }) => ({ ...now, ...(waiting && { waiting }) })),
  })
  let current: FlowStepId = 'key'
  /** Each run has a number; one that was overtaken changes nothing any more. */
  let turn = 0

  function note(one: Omit<StepExchange, 'stepId'>): void {
    const noted = { stepId: current, ...one }
    store.set(({ shown: _, ...now }) => ({ ...now, exchanges: [...now.exchanges, noted] }))
  }
  const recorder = createFlowRecorder({ clock, note, journals: options.journals })

  const tools = {
    settings,
    clock,
    nonces,
    send(purpose) {
      const { key } = store.get()
      const about = { stepId: current, words: purpose.words, ...(key && { key: key.signer }) }
      return gate.before(recorder.recorded(options.fetch, purpose), about)
    },
    async introspect(accessToken, words) {
      const send = gate.before(options.fetch, { stepId: current, words })
      const body = new URLSearchParams({ token: accessToken })
      const response = await send(`${settings.webUrl}/playground/introspect`, { method: 'POST', body })
      if (!response.ok) throw new StepProblem(`This site’s server answered ${response.status}.`)
      const exchange = (await response.json()) as Exchange
      note({ exchange: { ...exchange, step: words }, seenBy: 'client' })
      return JSON.parse(exchange.response?.body ?? '{}').active === true
    },
  } satisfies Omit<StepTools, 'keyStore'>

  /** True where the step is done and the next one may follow. */
  async function run(stepId: FlowStepId, pace: Pace): Promise<boolean> {
    gate.abandon()
    gate.setPace(pace)
    const mine = ++turn
    current = stepId
    store.set((now) => ({ ...reopen(now, stepId), selected: stepId, running: true }))
    store.setStatus(stepId, 'running')
    try {
      if (stepId === 'authorize') {
        options.authorize(store.get().goesOn)
        return false
      }
      const state = store.get()
      const keyStore = options.keyStores[state.options.key]
      const change = await steps[stepId](state, { ...tools, keyStore })
      if (mine !== turn) return false
      store.set(change)
      // A code is good once: what it was made with goes too.
      if (stepId === 'token') store.set(({ code: _code, pending: _pending, ...rest }) => rest)
      store.setStatus(stepId, 'done')
      return true
    } catch (fault) {
      if (mine !== turn) return false
      store.setStatus(stepId, 'failed')
      store.set({ problem: { stepId, says: sentenceOf(fault) } })
      return false
    } finally {
      if (mine === turn) store.set({ running: false })
    }
  }

  /** Stops before the last step, which ends the token that one may still want to play with; asked again, does it too. */
  async function runRest(): Promise<void> {
    let next = nextStep(store.get())
    do {
      if (next === undefined || !(await run(next, 'all'))) return
      next = nextStep(store.get())
    } while (next !== 'revoke')
    store.set({ selected: 'profile' })
  }

  /** Run all, pressed while a request waited, goes on behind it. */
  async function runStopping(stepId: FlowStepId): Promise<void> {
    store.set({ goesOn: false })
    if ((await run(stepId, 'step')) && store.get().goesOn) await runRest()
  }

  return {
    async step() {
      const { waiting } = store.get()
      if (waiting) return gate.release(waiting.draft)
      const next = nextStep(store.get())
      if (next) await runStopping(next)
    },
    run: runStopping,
    async runAll() {
      store.set({ goesOn: true })
      gate.setPace('all')
      const { waiting } = store.get()
      if (waiting) return gate.release(waiting.draft)
      await runRest()
    },
    putAside() {
      turn++
      gate.abandon()
      store.set({ running: false })
    },
  }
}
