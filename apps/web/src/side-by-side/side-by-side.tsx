'use client'

import type { AttackOutcome } from '@keybound/exchange'
import { useState } from 'react'
import { Button } from '../components/button.tsx'
import { Panel } from '../components/panel.tsx'
import { Status } from '../components/status.tsx'
import { useAlive } from '../components/use-alive.ts'
import { LabProblem } from '../lab/launch-attack.ts'
import { playBoth, type Side } from './play-both.ts'
import { PlayedSide } from './played-side.tsx'
import { type TheftId, thefts } from './thefts.ts'

type Results = Partial<Record<TheftId, Readonly<Record<Side, AttackOutcome>>>>

/** The same clicks with bearer tokens and with bound ones, and what a stolen copy is worth on either side. */
export function SideBySide({ labUrl }: { labUrl: string }) {
  const [results, setResults] = useState<Results>({})
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const alive = useAlive()

  async function play(ids: readonly TheftId[]): Promise<void> {
    setBusy(true)
    setProblem(undefined)
    try {
      for (const id of ids) {
        const played = await playBoth(labUrl, id)
        setResults((known) => ({ ...known, [id]: played }))
      }
    } catch (fault) {
      setProblem(fault instanceof LabProblem ? fault.message : 'Something in this page broke.')
    } finally {
      setBusy(false)
    }
  }

  return (
    <Panel
      title="Side by side: what a stolen copy is worth"
      id="side-by-side"
      action={
        <Button disabled={!alive || busy} onClick={() => void play(thefts.map(({ id }) => id))}>
          Play all four
        </Button>
      }
    >
      <div className="grid gap-4">
        <p className="max-w-3xl text-muted">
          The same app, the same clicks, the same theft: on the left with bearer tokens, on the right with
          bound ones. It happens on servers that the lab opens for each click, not on those above.
        </p>
        {problem && (
          <p role="alert">
            <Status tone="bad">{problem}</Status>
          </p>
        )}
        <ol className="grid gap-4">
          {thefts.map(({ id, found, tries }) => (
            <li key={id} className="grid gap-3 border-t pt-4">
              <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
                <h3>
                  <span className="font-medium">{found}</span> <span className="text-muted">{tries}</span>
                </h3>
                <Button disabled={!alive || busy} onClick={() => void play([id])}>
                  Play<span className="sr-only">: {found}</span>
                </Button>
              </div>
              <div aria-live="polite">
                <Sides theft={found} result={results[id]} />
              </div>
            </li>
          ))}
        </ol>
      </div>
    </Panel>
  )
}

function Sides({ theft, result }: { theft: string; result: Results[TheftId] }) {
  if (result === undefined) return null
  return (
    <div className="grid gap-3 md:grid-cols-2">
      <PlayedSide name="Bearer" theft={theft} played={result.bearer} />
      <PlayedSide name="DPoP" theft={theft} played={result.dpop} />
    </div>
  )
}
