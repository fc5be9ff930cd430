'use client'

import { Status } from '../components/status.tsx'
import { type FlowStepId, flowSteps } from '../flow/flow-steps.ts'
import type { FlowState, StepStatus } from './flow-state.ts'

const words: Record<StepStatus, { tone: 'ok' | 'bad' | 'warn' | 'muted'; word: string }> = {
  done: { tone: 'ok', word: 'Done' },
  failed: { tone: 'bad', word: 'Failed' },
  running: { tone: 'warn', word: 'Under way' },
  open: { tone: 'muted', word: 'Open' },
}

export function StepList({ state, onSelect }: { state: FlowState; onSelect: (id: FlowStepId) => void }) {
  return (
    <nav aria-label="Steps">
      <ol className="grid gap-0.5 sm:grid-cols-2 lg:grid-cols-1">
        {flowSteps.map(({ id, title }, index) => {
          const status = state.status[id]
          const waits = state.waiting?.stepId === id
          const { tone, word } = waits ? { tone: 'warn' as const, word: 'Waits' } : words[status]
          return (
            <li key={id}>
              <button
                type="button"
                onClick={() => onSelect(id)}
                aria-current={state.selected === id ? 'step' : undefined}
                className="grid w-full grid-cols-[1rem_minmax(0,1fr)_auto] items-baseline gap-2 rounded-lg border border-transparent px-2.5 py-1.5 text-left hover:bg-surface-2 aria-[current=step]:border-border aria-[current=step]:bg-surface"
              >
                <span aria-hidden="true" className="text-right text-muted text-sm tabular-nums">
                  {index + 1}
                </span>
                <span className="font-medium leading-snug">{title}</span>
                <span className={status === 'open' ? 'sr-only' : 'text-sm'}>
                  <Status tone={tone}>{word}</Status>
                </span>
              </button>
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
