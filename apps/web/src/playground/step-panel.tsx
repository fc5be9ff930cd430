'use client'

import type { Exchange } from '@keybound/exchange'
import { Button } from '../components/button.tsx'
import { Panel } from '../components/panel.tsx'
import { Status } from '../components/status.tsx'
import { outcomeOfExchange } from '../exchange/exchange-headline.tsx'
import { ExchangeTabs } from '../exchange/exchange-tabs.tsx'
import { flowSteps } from '../flow/flow-steps.ts'
import { Rejection } from '../verdict/rejection.tsx'
import { DraftEditor } from './draft-editor.tsx'
import type { Flow } from './flow.ts'
import { exchangesOf, type FlowState, nextStep } from './flow-state.ts'
import { KeyFacts } from './key-facts.tsx'
import { shownExchange } from './shown-exchange.ts'
import { VisitFacts } from './visit-facts.tsx'

/** The selected step: what it is for, and its exchanges from every side; or the request that waits to be sent. */
export function StepPanel({ state, flow }: { state: FlowState; flow: Flow }) {
  const step = flowSteps.find(({ id }) => id === state.selected) ?? flowSteps[0]
  const exchanges = exchangesOf(state, step.id)
  const shown = shownExchange(state)
  const { waiting } = state
  return (
    <Panel title={step.title} id="step" action={<Again state={state} flow={flow} />}>
      <div className="grid gap-4">
        <p className="text-muted">{step.says}</p>
        {state.problem?.stepId === step.id && (
          <p role="alert">
            <Status tone="bad">{state.problem.says}</Status>
          </p>
        )}
        {step.id === 'key' && state.key && <KeyFacts value={state.key} place={state.options.key} />}
        {step.id === 'authorize' && (
          <VisitFacts
            visit={state.visit}
            request={state.options.request}
            running={state.status.authorize === 'running'}
          />
        )}
        {exchanges.length > 1 && (
          <Attempts
            exchanges={exchanges}
            shown={shown.number}
            onSelect={(number) => flow.select(step.id, number)}
          />
        )}
        {waiting?.stepId === step.id ? (
          <DraftEditor waiting={waiting} onEdit={flow.edit} onSend={() => void flow.step()} />
        ) : (
          shown.exchange && (
            <article aria-label={shown.exchange.step} className="grid gap-3">
              <Rejection exchange={shown.exchange} />
              <ExchangeTabs
                seenBy={shown.seenBy}
                exchange={shown.exchange}
                before={shown.before}
                thumbprint={state.key?.signer.jkt}
              />
            </article>
          )
        )}
      </div>
    </Panel>
  )
}

function Again({ state, flow }: { state: FlowState; flow: Flow }) {
  const stepId = state.selected
  const again = state.status[stepId] === 'done'
  const reachable = again || nextStep(state) === stepId
  if (!reachable || state.waiting?.stepId === stepId) return null
  return (
    <Button disabled={!state.ready || state.running} onClick={() => void flow.run(stepId)}>
      {again ? 'Do it again' : 'Do this step'}
    </Button>
  )
}

/** The requests of one step, in order: a nonce challenge is one of its own. */
function Attempts(props: {
  exchanges: readonly Exchange[]
  shown: number
  onSelect: (number: number) => void
}) {
  return (
    <ol aria-label="Requests of this step" className="flex flex-wrap gap-1.5">
      {props.exchanges.map((exchange, number) => {
        const { tone, text } = outcomeOfExchange(exchange)
        return (
          <li key={exchange.id}>
            <button
              type="button"
              aria-current={props.shown === number ? 'true' : undefined}
              onClick={() => props.onSelect(number)}
              className="flex items-center gap-2 rounded-md border px-2.5 py-1 text-left text-sm hover:bg-surface-2 aria-[current=true]:border-accent aria-[current=true]:bg-surface-2"
            >
              <span className="text-muted tabular-nums">{number + 1}</span>
              <Status tone={tone}>{text}</Status>
            </button>
          </li>
        )
      })}
    </ol>
  )
}
