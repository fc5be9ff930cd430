import { createNonceCache } from '@keybound/dpop/client'
import type { Clock } from '@keybound/oauth'
import { type Exchange, headerOf } from '../exchange/exchange.ts'
import { judgeExchange } from '../exchange/judge-exchange.ts'
import { recordingFetch } from '../exchange/recording-fetch.ts'
import type { FlowStepId } from '../flow/flow-steps.ts'
import { authorizationUrl } from './authorization-url.ts'
import { codeFromCallback } from './callback-answer.ts'
import { type FlowState, initialState, nextStep, type PlaygroundSettings, reopen } from './flow-state.ts'
import { type KeyStore, readKey } from './key-store.ts'
import type { FlowMemory } from './saved-flow.ts'
import { StepProblem } from './step-problem.ts'
import { redirectUri, type StepTools, steps } from './steps.ts'

export interface FlowOptions {
  readonly settings: PlaygroundSettings
  readonly keyStore: KeyStore
  readonly memory: FlowMemory
  readonly fetch: typeof fetch
  readonly clock: Clock
  /** Leaves the page. */
  readonly navigate: (url: string) => void
}

/** The playground without its page: what was done, what comes next. One instance per page load. */
export interface Flow {
  get(): FlowState
  subscribe(notify: () => void): () => void
  /** Reads the key and what the tab remembers; `callback` is the query with which the authorization server sent the browser back. */
  open(callback?: URLSearchParams): Promise<void>
  /** One step; those after it are open again. */
  run(stepId: FlowStepId): Promise<void>
  /** Every step from the next one on; goes on by itself after the visit to the authorization server. */
  runAll(): Promise<void>
  select(stepId: FlowStepId): void
  /** Everything after the key is open again. */
  startOver(): void
}

/** So long a pushed request may wait for the browser (seconds). */
const requestLives = 60

export function createFlow(options: FlowOptions): Flow {
  const { settings, clock, memory } = options
  const listeners = new Set<() => void>()
  const noncesSeen = new Map<string, string[]>()
  const nonces = createNonceCache()
  let state = initialState

  function set(change: Partial<FlowState> | ((now: FlowState) => FlowState)): void {
    state = typeof change === 'function' ? change(state) : { ...state, ...change }
    for (const notify of listeners) notify()
  }

  function setStatus(stepId: FlowStepId, status: FlowState['status'][FlowStepId]): void {
    set((now) => ({ ...now, status: { ...now.status, [stepId]: status } }))
  }

  function tools(stepId: FlowStepId): StepTools {
    return {
      settings,
      keyStore: options.keyStore,
      clock,
      nonces,
      recorded: (step, { to, from = 'playground', ...known }) => {
        const judgements: Promise<void>[] = []
        const fetch = recordingFetch({
          fetch: options.fetch,
          clock,
          about: { step, from, to },
          record: (exchange) => judgements.push(note(stepId, exchange, known)),
        })
        return async (input, init) => {
          const response = await fetch(input, init)
          await Promise.all(judgements)
          return response
        }
      },
    }
  }

  async function note(
    stepId: FlowStepId,
    exchange: Exchange,
    known: { accessToken?: string; jkt?: string },
  ): Promise<void> {
    const { origin } = new URL(exchange.request.url)
    const seen = noncesSeen.get(origin) ?? []
    const given = exchange.response && headerOf(exchange.response.headers, 'dpop-nonce')
    if (given !== undefined) noncesSeen.set(origin, [...seen, given])
    const verdict = await judgeExchange(exchange, { ...known, nonces: seen })
    set((now) => ({
      ...now,
      exchanges: [...now.exchanges, { stepId, exchange: { ...exchange, ...(verdict && { verdict }) } }],
    }))
  }

  async function run(stepId: FlowStepId, runAll = false): Promise<boolean> {
    set((now) => ({ ...reopen(now, stepId), selected: stepId, running: true }))
    setStatus(stepId, 'running')
    try {
      if (stepId === 'authorize') {
        authorize(runAll)
        return false
      }
      const change = await steps[stepId](state, tools(stepId))
      set(change)
      if (stepId === 'token') forgetCode()
      setStatus(stepId, 'done')
      return true
    } catch (fault) {
      setStatus(stepId, 'failed')
      set({ problem: { stepId, says: sentence(fault) } })
      return false
    } finally {
      set({ running: false })
    }
  }

  /** A code is good once: what it was made with goes too. */
  function forgetCode(): void {
    set(({ code: _code, pending: _pending, ...rest }) => rest)
  }

  function authorize(runAll: boolean): void {
    const { pending, metadata } = state
    if (pending === undefined || metadata?.authorization_endpoint === undefined)
      throw new StepProblem('An earlier step has to be done first.')
    memory.write({ issuer: settings.issuer, pending, exchanges: state.exchanges, runAll })
    options.navigate(authorizationUrl(metadata.authorization_endpoint, pending.requestUri))
  }

  async function runAll(): Promise<void> {
    for (let next = nextStep(state); next !== undefined; next = nextStep(state))
      if (!(await run(next, true))) return
  }

  async function open(callback?: URLSearchParams): Promise<void> {
    const saved = memory.read()
    memory.clear()
    const kept = await options.keyStore.read().catch(() => undefined)
    if (kept) {
      set({ key: await readKey(kept) })
      setStatus('key', 'done')
    }
    const mine = saved?.issuer === settings.issuer && kept ? saved : undefined
    if (mine) await resume(mine)
    if (callback) answer(callback, mine)
    set({ ready: true, selected: state.problem?.stepId ?? nextStep(state) ?? 'key' })
    if (callback && mine?.runAll && state.problem === undefined) await runAll()
  }

  /** What was done before the visit is shown again; the endpoints are read again, since only what was shown was kept. */
  async function resume(saved: NonNullable<ReturnType<FlowMemory['read']>>): Promise<void> {
    const discovered = saved.exchanges.filter(({ stepId }) => stepId === 'discover').at(-1)?.exchange
      .response?.body
    if (discovered === undefined) return
    set({
      metadata: JSON.parse(discovered),
      exchanges: saved.exchanges.filter(({ stepId }) => stepId === 'discover'),
    })
    setStatus('discover', 'done')
    if (clock() - saved.pending.pushedAt > requestLives + 600) return
    set({ pending: saved.pending, exchanges: saved.exchanges })
    setStatus('par', 'done')
  }

  function answer(query: URLSearchParams, saved: ReturnType<FlowMemory['read']>): void {
    try {
      const code = codeFromCallback(query, saved)
      const sentTo = authorizationUrl(
        state.metadata?.authorization_endpoint ?? '',
        saved?.pending.requestUri ?? '',
      )
      set({ code, visit: { sentTo, cameBackTo: `${redirectUri(settings)}?${query}` } })
      setStatus('authorize', 'done')
    } catch (fault) {
      set((now) => ({ ...reopen(now, 'par'), problem: { stepId: 'par', says: sentence(fault) } }))
    }
  }

  return {
    get: () => state,
    subscribe(notify) {
      listeners.add(notify)
      return () => listeners.delete(notify)
    },
    open,
    run: async (stepId) => void (await run(stepId)),
    runAll,
    select: (selected) => set({ selected }),
    startOver: () => set((now) => ({ ...reopen(now, 'discover'), selected: 'discover' })),
  }
}

function sentence(fault: unknown): string {
  if (fault instanceof StepProblem) return fault.message
  if (fault instanceof TypeError) return 'The server did not answer. Is it running?'
  return 'Something in this page broke.'
}
