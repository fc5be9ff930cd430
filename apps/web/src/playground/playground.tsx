'use client'

import { systemClock } from '@keybound/oauth'
import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { Button } from '../components/button.tsx'
import { type FlowStepId, flowSteps } from '../flow/flow-steps.ts'
import { createFlow, type Flow } from './flow.ts'
import { initialState, nextStep, type PlaygroundSettings } from './flow-state.ts'
import { browserKeyStore } from './key-store.ts'
import { tabMemory } from './saved-flow.ts'
import { StepList } from './step-list.tsx'
import { StepPanel } from './step-panel.tsx'

/** The whole flow in this browser, as the public client `playground`. */
export function Playground({
  settings,
  returning = false,
}: {
  settings: PlaygroundSettings
  returning?: boolean
}) {
  const { webUrl, issuer, apiUrl } = settings
  const flow = useMemo(() => flowOfPage({ webUrl, issuer, apiUrl }), [webUrl, issuer, apiUrl])
  const state = useSyncExternalStore(flow.subscribe, flow.get, () => initialState)
  useEffect(() => begin(flow, returning), [flow, returning])
  const next = nextStep(state)
  const busy = !state.ready || state.running

  return (
    <div className="grid items-start gap-6 lg:grid-cols-[18.5rem_minmax(0,1fr)]">
      <div className="grid gap-4 lg:sticky lg:top-6">
        <div className="flex flex-wrap gap-2">
          <Button look="primary" disabled={busy || next === undefined} onClick={() => void flow.runAll()}>
            Run all
          </Button>
          <Button disabled={busy || next === undefined} onClick={() => next && void flow.run(next)}>
            Step
          </Button>
          <Button disabled={busy || state.status.discover === 'open'} onClick={() => startOver(flow)}>
            Start over
          </Button>
        </div>
        <StepList state={state} onSelect={(id) => select(flow, id)} />
      </div>
      <StepPanel state={state} flow={flow} />
    </div>
  )
}

let opened: Flow | undefined

/** One per page load: it holds the tokens. */
function flowOfPage(settings: PlaygroundSettings): Flow {
  if (typeof window === 'undefined') return createFlow({ ...inert, settings })
  opened ??= createFlow({
    settings,
    keyStore: browserKeyStore(),
    memory: tabMemory(window.sessionStorage),
    fetch: (input, init) => fetch(input, init),
    clock: systemClock,
    navigate: (url) => window.location.assign(url),
  })
  return opened
}

/** For the server's rendering, which does nothing. */
const inert = {
  keyStore: { read: async () => undefined, write: async () => {} },
  memory: { read: () => undefined, write: () => {}, clear: () => {} },
  fetch,
  clock: systemClock,
  navigate: () => {},
}

let begun = false

function begin(flow: Flow, returning: boolean): () => void {
  const reload = (event: PageTransitionEvent) => {
    // The page as it was left: what happened since is not in it.
    if (event.persisted) window.location.reload()
  }
  const follow = () => {
    const step = stepInHash()
    if (step) flow.select(step)
  }
  window.addEventListener('pageshow', reload)
  window.addEventListener('hashchange', follow)
  if (!begun) {
    begun = true
    const callback = returning ? new URLSearchParams(window.location.search) : undefined
    // The code leaves the address, and Back does not come here again.
    if (returning) window.history.replaceState(null, '', '/playground')
    void flow.open(callback).then(() => !returning && follow())
  }
  return () => {
    window.removeEventListener('pageshow', reload)
    window.removeEventListener('hashchange', follow)
  }
}

function stepInHash(): FlowStepId | undefined {
  return flowSteps.find(({ id }) => `#${id}` === window.location.hash)?.id
}

function select(flow: Flow, id: FlowStepId): void {
  window.history.replaceState(null, '', `#${id}`)
  flow.select(id)
}

function startOver(flow: Flow): void {
  window.history.replaceState(null, '', '/playground')
  flow.startOver()
}
