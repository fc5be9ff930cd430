'use client'

import { Button } from '../components/button.tsx'
import type { Flow } from './flow.ts'
import { type FlowState, nextStep } from './flow-state.ts'

/** Run all, Step and Start over. While a request waits, Step sends it. */
export function FlowControls({
  state,
  flow,
  onStartOver,
}: {
  state: FlowState
  flow: Flow
  onStartOver: () => void
}) {
  const waits = state.waiting !== undefined
  const idle = state.ready && (!state.running || waits) && nextStep(state) !== undefined
  return (
    <div className="flex flex-wrap gap-2">
      <Button look="primary" disabled={!idle} onClick={() => void flow.runAll()}>
        Run all
      </Button>
      <Button disabled={!idle} onClick={() => void flow.step()}>
        {waits ? 'Send' : 'Step'}
      </Button>
      <Button disabled={!state.ready || state.status.discover === 'open'} onClick={onStartOver}>
        Start over
      </Button>
    </div>
  )
}
