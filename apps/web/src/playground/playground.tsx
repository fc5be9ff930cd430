'use client'

import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { Panel } from '../components/panel.tsx'
import type { FlowStepId } from '../flow/flow-steps.ts'
import { ExportMenu } from './export-menu.tsx'
import { FlowControls } from './flow-controls.tsx'
import { initialState, type PlaygroundSettings } from './flow-state.ts'
import { HandedOver } from './handed-over.tsx'
import { LiveDiagram } from './live-diagram.tsx'
import { OptionsForm } from './options-form.tsx'
import { beginOnPage, flowOfPage, showInAddress } from './page-flow.ts'
import type { PlaygroundOptions } from './playground-options.ts'
import { shownExchange } from './shown-exchange.ts'
import { StepList } from './step-list.tsx'
import { StepPanel } from './step-panel.tsx'

/** The whole flow in this browser, as the public client `playground`: the steps, the picture, and the selected exchange. */
export function Playground(props: { settings: PlaygroundSettings; returning: boolean }) {
  const { settings, returning } = props
  const flow = useMemo(() => flowOfPage(settings), [settings])
  const state = useSyncExternalStore(flow.subscribe, flow.get, () => initialState)
  useEffect(() => beginOnPage(flow, returning), [flow, returning])
  if (state.handedOver) return <HandedOver />

  function select(stepId: FlowStepId, number?: number): void {
    flow.select(stepId, number)
    showInAddress(flow.get())
  }

  async function choose(change: Partial<PlaygroundOptions>): Promise<void> {
    await flow.choose(change)
    showInAddress(flow.get())
  }

  function startOver(): void {
    flow.startOver()
    showInAddress(flow.get())
  }

  return (
    <div className="grid gap-4">
      <div className="grid items-end gap-x-6 gap-y-3 rounded-box border bg-surface px-4 py-3 xl:grid-cols-[auto_minmax(0,1fr)_auto]">
        <FlowControls state={state} flow={flow} onStartOver={startOver} />
        <OptionsForm options={state.options} onChange={(change) => void choose(change)} />
        <ExportMenu exchanges={state.exchanges.map(({ exchange }) => exchange)} />
      </div>
      <div className="grid items-start gap-4 lg:grid-cols-[15rem_minmax(0,5fr)_minmax(0,7fr)]">
        <div className="lg:sticky lg:top-4">
          <StepList state={state} onSelect={select} />
        </div>
        <div className="lg:sticky lg:top-4">
          <Panel title="What went over the wire" id="diagram">
            <LiveDiagram state={state} shown={shownExchange(state).number} onSelect={select} />
          </Panel>
        </div>
        <StepPanel state={state} flow={flow} />
      </div>
    </div>
  )
}
