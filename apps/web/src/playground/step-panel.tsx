'use client'

import { Button } from '../components/button.tsx'
import { CodeBox } from '../components/code-box.tsx'
import { Panel } from '../components/panel.tsx'
import { Status } from '../components/status.tsx'
import { type Exchange, refusalOf } from '../exchange/exchange.ts'
import { ExchangeHeadline } from '../exchange/exchange-headline.tsx'
import { ExchangeTabs } from '../exchange/exchange-tabs.tsx'
import { flowSteps } from '../flow/flow-steps.ts'
import type { Flow } from './flow.ts'
import { type FlowState, nextStep } from './flow-state.ts'
import { KeyFacts } from './key-facts.tsx'
import { TokenFacts } from './token-facts.tsx'

/** The selected step: what it is for, its button, and everything that went over the wire in it. */
export function StepPanel({ state, flow }: { state: FlowState; flow: Flow }) {
  const step = flowSteps.find(({ id }) => id === state.selected) ?? flowSteps[0]
  const exchanges = state.exchanges.filter(({ stepId }) => stepId === step.id)
  const done = state.status[step.id] === 'done'
  const reachable = done || nextStep(state) === step.id
  return (
    <Panel
      title={step.title}
      id={step.id}
      action={
        <Button
          look={done ? 'secondary' : 'primary'}
          disabled={!state.ready || state.running || !reachable}
          onClick={() => void flow.run(step.id)}
        >
          {done ? 'Do it again' : 'Do this step'}
        </Button>
      }
    >
      <div className="grid gap-5">
        <p className="text-muted">{step.says}</p>
        {!reachable && state.ready && (
          <p className="text-muted text-sm">An earlier step has to be done first.</p>
        )}
        {state.problem?.stepId === step.id && (
          <p role="alert">
            <Status tone="bad">{state.problem.says}</Status>
          </p>
        )}
        {step.id === 'key' && state.key && <KeyFacts value={state.key} />}
        {step.id === 'authorize' && <Authorize visit={state.visit} />}
        {(step.id === 'token' || step.id === 'refresh') && done && state.tokens && state.key && (
          <TokenFacts tokens={state.tokens} jkt={state.key.signer.jkt} />
        )}
        {exchanges.map(({ exchange }, index) => (
          <article
            key={exchange.id}
            aria-label={`${exchange.step}, ${index + 1} of ${exchanges.length}`}
            className="grid gap-2 border-t pt-4"
          >
            <header className="flex flex-wrap items-baseline justify-between gap-x-4">
              <h3 className="font-medium">{exchange.step}</h3>
              <ExchangeHeadline exchange={exchange} />
            </header>
            <Remark exchange={exchange} />
            <ExchangeTabs
              exchange={exchange}
              thumbprint={exchange.from === 'thief' ? undefined : state.key?.signer.jkt}
            />
          </article>
        ))}
      </div>
    </Panel>
  )
}

/** What a visible sub-step means. */
function Remark({ exchange }: { exchange: Exchange }) {
  if (refusalOf(exchange)?.error !== 'use_dpop_nonce') return null
  return (
    <p className="text-muted text-sm">
      The server wants a nonce of its own in the proof and gives one in DPoP-Nonce. Nothing was spent; the
      same request follows with a new proof.
    </p>
  )
}

function Authorize({ visit }: { visit: FlowState['visit'] }) {
  if (visit === undefined)
    return (
      <p className="text-muted text-sm">
        The address holds <code>client_id</code> and <code>request_uri</code> only: what is asked was pushed
        before, out of sight of the address bar.
      </p>
    )
  return (
    <div className="grid gap-4">
      <CodeBox label="The browser was sent to">{visit.sentTo}</CodeBox>
      <CodeBox label="And came back to">{visit.cameBackTo}</CodeBox>
      <ul className="grid gap-1">
        <li>
          <Status tone="ok">state</Status> is the one that was sent: this answers our own request.
        </li>
        <li>
          <Status tone="ok">iss</Status> is the server that was asked: no other one could mix in an answer
          (RFC 9207).
        </li>
        <li>
          <Status tone="ok">code</Status> works once, for a minute, with this client’s verifier and this key
          only.
        </li>
      </ul>
    </div>
  )
}
