import type { Clock } from '@keybound/oauth'
import { codeFromCallback } from './callback-answer.ts'
import { reopen } from './flow-state.ts'
import { type FlowStore, sentenceOf } from './flow-store.ts'
import type { FlowMemory, SavedFlow } from './saved-flow.ts'
import { StepProblem } from './step-problem.ts'

export interface Visit {
  /** Sends the browser to the authorization server. Throws StepProblem where there is no request yet. */
  begin(goesOn: boolean): void
  /** Shows again what was done before the visit. */
  resume(saved: SavedFlow): void
  /** Takes the answer with which the browser came back: afterwards there is a code, or a problem. */
  end(query: URLSearchParams): void
  /** The same for an answer that came back in another tab; false where this tab did not ask for it. */
  endElsewhere(query: URLSearchParams): boolean
}

/** So long the answer may take: a pushed request lives a minute, the authorization server's transaction ten (seconds). */
const visitLives = 660

/** The way to the authorization server and back. */
export function createVisit(
  store: FlowStore,
  options: {
    issuer: string
    callbackUrl: string
    memory: FlowMemory
    clock: Clock
    navigate: (url: string) => void
  },
): Visit {
  const { issuer, memory, clock } = options

  function end(query: URLSearchParams): void {
    const { pending } = store.get()
    try {
      const code = codeFromCallback(query, pending && { issuer, state: pending.state })
      store.set({
        code,
        visit: { sentTo: pending?.url ?? '', cameBackTo: `${options.callbackUrl}?${query}` },
      })
      store.setStatus('authorize', 'done')
    } catch (fault) {
      store.set((now) => ({ ...reopen(now, 'par'), problem: { stepId: 'par', says: sentenceOf(fault) } }))
    }
  }

  return {
    begin(goesOn) {
      const { pending, options: chosen, exchanges } = store.get()
      if (pending === undefined) throw new StepProblem('An earlier step has to be done first.')
      store.set({ visit: { sentTo: pending.url } })
      // The key would go with the page: a link opens another tab instead, which sends its answer here.
      if (chosen.key === 'memory') return
      memory.write({ issuer, options: chosen, pending, exchanges, runAll: goesOn })
      options.navigate(pending.url)
    },
    /** The endpoints are read again, since only what was shown was kept. */
    resume(saved) {
      const discovered = saved.exchanges.filter(({ stepId }) => stepId === 'discover').at(-1)
      const body = discovered?.exchange.response?.body
      if (body === undefined) return
      const live = clock() - saved.pending.madeAt <= visitLives
      const keep = live ? ['discover', 'par'] : ['discover']
      store.set({
        metadata: JSON.parse(body),
        exchanges: saved.exchanges.filter(({ stepId }) => keep.includes(stepId)),
        ...(live && { pending: saved.pending }),
      })
      store.setStatus('discover', 'done')
      if (live) store.setStatus('par', 'done')
    },
    end,
    endElsewhere(query) {
      const { status, pending } = store.get()
      if (status.authorize !== 'running' || query.get('state') !== pending?.state) return false
      end(query)
      return true
    },
  }
}
