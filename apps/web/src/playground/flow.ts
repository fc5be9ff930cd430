import type { FlowStepId } from '../flow/flow-steps.ts'
import type { Draft } from './draft.ts'
import { type FlowState, nextStep, reopen } from './flow-state.ts'
import { createFlowStore } from './flow-store.ts'
import type { OtherTabs } from './other-tabs.ts'
import { readKey } from './playground-key.ts'
import { optionsQuery, type PlaygroundOptions, withOption } from './playground-options.ts'
import type { FlowMemory } from './saved-flow.ts'
import { createStepRunner, type StepRunner, type StepRunnerOptions } from './step-runner.ts'
import { redirectUri } from './steps/request-authorization.ts'
import { createVisit } from './visit.ts'

export interface FlowOptions extends Omit<StepRunnerOptions, 'authorize'> {
  readonly memory: FlowMemory
  readonly otherTabs: OtherTabs
  /** Leaves the page. */
  readonly navigate: (url: string) => void
}

/** The playground without its page: what was done, what comes next. One instance per page load. */
export interface Flow extends Pick<StepRunner, 'step' | 'run' | 'runAll'> {
  get(): FlowState
  subscribe(notify: () => void): () => void
  /** Reads the key and what the tab remembers; `callback` is the query with which the authorization server sent the browser back. */
  open(options: PlaygroundOptions, callback?: URLSearchParams): Promise<void>
  /** Changes the request that waits. */
  edit(draft: Draft): void
  /** Which step is looked at, and which of its exchanges. */
  select(stepId: FlowStepId, shown?: number): void
  /** Other options: what they touch is open again. */
  choose(change: Partial<PlaygroundOptions>): Promise<void>
  /** Everything after the key is open again. */
  startOver(): void
}

export function createFlow(options: FlowOptions): Flow {
  const { settings, memory, otherTabs, clock, navigate } = options
  const store = createFlowStore()
  const { get, set } = store
  const visit = createVisit(store, {
    issuer: settings.issuer,
    callbackUrl: redirectUri(settings),
    memory,
    clock,
    navigate,
  })
  const runner = createStepRunner(store, { ...options, authorize: visit.begin })

  async function readKept(): Promise<void> {
    const { alg, key } = get().options
    const kept = await options.keyStores[key].read().catch(() => undefined)
    if (kept?.alg !== alg) return
    set({ key: await readKey(kept) })
    store.setStatus('key', 'done')
  }

  return {
    get,
    subscribe: store.subscribe,
    async open(wanted, callback) {
      const saved = memory.read()
      // Without an answer the visit goes on: the person may still be on the way, or have gone back and reload.
      if (callback) memory.clear()
      const mine = saved?.issuer === settings.issuer ? saved : undefined
      set({ options: mine && callback ? mine.options : wanted })
      await readKept()
      if (mine && get().key && optionsQuery(mine.options) === optionsQuery(get().options)) visit.resume(mine)
      if (callback) visit.end(callback)
      const { problem } = get()
      set({ ready: true, selected: problem?.stepId ?? nextStep(get()) ?? 'key' })
      otherTabs.listen((query) => {
        const taken = visit.endElsewhere(new URLSearchParams(query))
        if (taken && get().code !== undefined && get().goesOn) void runner.runAll()
        return taken
      })
      if (callback && problem) otherTabs.offer(callback.toString(), () => set({ handedOver: true }))
      if (callback && mine?.runAll && problem === undefined) await runner.runAll()
    },
    step: runner.step,
    run: runner.run,
    runAll: runner.runAll,
    edit: (draft) => set((now) => (now.waiting ? { ...now, waiting: { ...now.waiting, draft } } : now)),
    select: (selected, shown) =>
      set(({ shown: _, ...now }) => ({ ...now, selected, ...(shown !== undefined && { shown }) })),
    async choose(change) {
      runner.putAside()
      memory.clear()
      const before = get().options
      const chosen = withOption(before, change)
      const keyStays = chosen.alg === before.alg && chosen.key === before.key
      set((now) => ({ ...reopen(now, keyStays ? 'par' : 'key'), options: chosen }))
      if (!keyStays) await readKept()
      set({ selected: nextStep(get()) ?? 'key' })
    },
    startOver() {
      runner.putAside()
      memory.clear()
      set((now) => ({ ...reopen(now, 'discover'), selected: 'discover' }))
    },
  }
}
