import type { ReactNode } from 'react'

/** The title of a page, what it is for in one or two sentences, and what can be done with it as a whole. */
export function PageHeader(props: { title: ReactNode; lead?: ReactNode; actions?: ReactNode }) {
  return (
    <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
      <div className="min-w-0 max-w-3xl">
        <h1 className="text-balance font-semibold text-2xl tracking-tight [overflow-wrap:anywhere] sm:text-3xl">
          {props.title}
        </h1>
        {props.lead && <p className="mt-1.5 text-pretty text-muted leading-relaxed">{props.lead}</p>}
      </div>
      {props.actions && <div className="flex flex-wrap items-center gap-2">{props.actions}</div>}
    </header>
  )
}
