import type { ReactNode } from 'react'

export interface Fact {
  readonly term: string
  readonly value: ReactNode
}

/** Terms and values, side by side where there is room, or one above the other. */
export function Facts({ facts, stacked = false }: { facts: readonly Fact[]; stacked?: boolean }) {
  if (stacked)
    return (
      <dl className="grid gap-3">
        {facts.map((fact) => (
          <div key={fact.term} className="min-w-0">
            <dt className="text-muted text-sm">{fact.term}</dt>
            <dd className="[overflow-wrap:anywhere]">{fact.value}</dd>
          </div>
        ))}
      </dl>
    )
  return (
    <dl className="grid gap-x-6 gap-y-2 sm:grid-cols-[minmax(8rem,auto)_1fr]">
      {facts.map((fact) => (
        <div key={fact.term} className="grid min-w-0 gap-x-6 sm:col-span-2 sm:grid-cols-subgrid">
          <dt className="text-muted text-sm leading-6">{fact.term}</dt>
          <dd className="min-w-0 [overflow-wrap:anywhere]">{fact.value}</dd>
        </div>
      ))}
    </dl>
  )
}
