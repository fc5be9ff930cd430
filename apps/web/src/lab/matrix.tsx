'use client'

import { type AttackDescription, type AttackOutcome, columns, redact } from '@keybound/exchange'
import { useState } from 'react'
import { Button } from '../components/button.tsx'
import { saveFile } from '../components/save-file.ts'
import { Status } from '../components/status.tsx'
import { useAlive } from '../components/use-alive.ts'
import { labelOf } from './label-of-column.ts'
import { launchAttack } from './launch-attack.ts'
import { MatrixCell } from './matrix-cell.tsx'
import { matrixCsv } from './matrix-csv.ts'
import { OutcomeView } from './outcome-view.tsx'

/** How many attacks are under way at once. */
const atOnce = 4

/** Attacks by columns, filled live. A cell opens what went over the wire. */
export function Matrix({ attacks, labUrl }: { attacks: readonly AttackDescription[]; labUrl: string }) {
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, AttackOutcome>>(new Map())
  const [open, setOpen] = useState<string>()
  const [running, setRunning] = useState(false)
  const [problem, setProblem] = useState<string>()
  const [took, setTook] = useState<number>()
  const alive = useAlive()
  const total = attacks.length * columns.length
  const chosen = open === undefined ? undefined : outcomes.get(open)

  async function runAll(): Promise<void> {
    setOutcomes(new Map())
    setProblem(undefined)
    setTook(undefined)
    setRunning(true)
    const began = performance.now()
    const due = attacks.flatMap(({ id }) => columns.map((column) => ({ id, column })))
    const next = async (): Promise<void> => {
      for (let job = due.shift(); job; job = due.shift()) {
        const outcome = await launchAttack(labUrl, job.id, job.column)
        setOutcomes((before) => new Map(before).set(keyOf(outcome), outcome))
      }
    }
    try {
      await Promise.all(Array.from({ length: atOnce }, next))
      setTook((performance.now() - began) / 1000)
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error))
    }
    setRunning(false)
  }

  const all = [...outcomes.values()]
  const surprises = all.filter(({ asExpected }) => !asExpected).length
  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-center gap-3">
        <Button look="primary" disabled={!alive || running} onClick={runAll}>
          {running ? `Running, ${outcomes.size} of ${total}` : 'Run all'}
        </Button>
        <Button
          disabled={all.length === 0}
          onClick={() => saveFile('attacks.json', 'application/json', jsonOf(all))}
        >
          Export JSON
        </Button>
        <Button
          disabled={all.length === 0}
          onClick={() => saveFile('attacks.csv', 'text/csv', matrixCsv(attacks, all))}
        >
          Export CSV
        </Button>
        <p aria-live="polite" className="text-sm">
          {problem && <Status tone="bad">{problem}</Status>}
          {took !== undefined && (
            <Status tone={surprises === 0 ? 'ok' : 'bad'}>
              {`${all.length} cells in ${took.toFixed(1)} s, ${surprises === 0 ? 'all as expected' : `${surprises} not as expected`}`}
            </Status>
          )}
        </p>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (axe: scrollable-region-focusable). */}
      <section aria-label="Attacks by columns" tabIndex={0} className="overflow-x-auto rounded-lg border">
        <table className="w-full border-collapse bg-surface text-left text-sm">
          <caption className="sr-only">What comes of each attack, by how tokens are protected</caption>
          <thead>
            <tr className="bg-surface-2 text-muted">
              {['Attack', ...columns.map(labelOf)].map((name) => (
                <th
                  key={name}
                  scope="col"
                  className="whitespace-nowrap bg-surface-2 px-3 py-1.5 font-medium first:sticky first:left-0"
                >
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="divide-y">
            {attacks.map((attack) => (
              <tr key={attack.id}>
                <th
                  scope="row"
                  className="sticky left-0 min-w-32 bg-surface px-3 py-1.5 font-normal sm:min-w-44"
                >
                  <a href={`/lab/${attack.id}`}>
                    {attack.number}. {attack.title}
                  </a>
                </th>
                {columns.map((column) => {
                  const key = `${attack.id} ${column}`
                  return (
                    <td key={column} className="px-1.5 py-1">
                      <MatrixCell
                        outcome={outcomes.get(key)}
                        label={`${attack.title}, ${labelOf(column)}`}
                        chosen={open === key}
                        onOpen={() => setOpen(key)}
                      />
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {chosen && (
        <section aria-label="The chosen cell" className="rounded-box border bg-surface px-4 py-4">
          <h2 className="mb-3 font-semibold text-lg">
            {attacks.find(({ id }) => id === chosen.attack)?.title} · {labelOf(chosen.column)}
          </h2>
          <OutcomeView key={open} outcome={chosen} />
        </section>
      )}
    </div>
  )
}

function keyOf({ attack, column }: AttackOutcome): string {
  return `${attack} ${column}`
}

function jsonOf(outcomes: readonly AttackOutcome[]): string {
  const safe = outcomes.map((outcome) => ({ ...outcome, exchanges: outcome.exchanges.map(redact) }))
  return JSON.stringify(safe, null, 2)
}
