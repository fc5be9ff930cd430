import type { ReactNode } from 'react'

/** A page that says one thing. */
export function Notice(props: { title: string; children: ReactNode; actions?: ReactNode }) {
  return (
    <div className="mx-auto max-w-xl py-6 sm:py-12">
      <h1 className="text-balance font-semibold text-2xl tracking-tight">{props.title}</h1>
      <div className="mt-3 grid gap-3 text-pretty text-muted leading-relaxed">{props.children}</div>
      {props.actions && <div className="mt-6 flex flex-wrap gap-3">{props.actions}</div>}
    </div>
  )
}
