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
      <ol className="grid gap-1 sm:grid-cols-2 lg:grid-cols-1">
        {flowSteps.map(({ id, title }, index) => {
          const status = state.status[id]
          const { tone, word } = words[status]
          return (
            <li key={id}>
              <button
                type="button"
                onClick={() => onSelect(id)}
                aria-current={state.selected === id ? 'step' : undefined}
                className="flex w-full items-center gap-3 rounded-lg border border-transparent px-3 py-2 text-left hover:bg-surface-2 aria-[current=step]:border-border aria-[current=step]:bg-surface"
              >
                <span aria-hidden="true" className="w-4 shrink-0 text-right text-muted text-sm tabular-nums">
                  {index + 1}
                </span>
                <span className="min-w-0 flex-1 font-medium">{title}</span>
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
