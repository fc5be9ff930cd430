import type { FlowStepId } from '../flow/flow-steps.ts'
import { type FlowState, initialState, type StepStatus } from './flow-state.ts'
import { StepProblem } from './step-problem.ts'

/** The state of a flow, and who wants to know when it changes. */
export interface FlowStore {
  get(): FlowState
  set(change: Partial<FlowState> | ((now: FlowState) => FlowState)): void
  setStatus(stepId: FlowStepId, status: StepStatus): void
  subscribe(notify: () => void): () => void
}

export function createFlowStore(): FlowStore {
  const listeners = new Set<() => void>()
  let state = initialState

  function set(change: Partial<FlowState> | ((now: FlowState) => FlowState)): void {
    state = typeof change === 'function' ? change(state) : { ...state, ...change }
    for (const notify of listeners) notify()
  }

  return {
    get: () => state,
    set,
    setStatus: (stepId, status) => set((now) => ({ ...now, status: { ...now.status, [stepId]: status } })),
    subscribe(notify) {
      listeners.add(notify)
      return () => listeners.delete(notify)
    },
  }
}

/** What went wrong, for the page. */
export function sentenceOf(fault: unknown): string {
  if (fault instanceof StepProblem) return fault.message
  if (fault instanceof TypeError) return 'The server did not answer. Is it running?'
  return 'Something in this page broke.'
}
