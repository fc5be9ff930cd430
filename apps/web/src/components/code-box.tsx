import type { ReactNode } from 'react'

/** Raw text from the wire. Long tokens wrap inside the box, the page never scrolls sideways. */
export function CodeBox({
  children,
  label,
  actions,
}: {
  children: ReactNode
  label?: ReactNode
  actions?: ReactNode
}) {
  return (
    <figure className="min-w-0 rounded-lg border bg-surface-2">
      {(label !== undefined || actions !== undefined) && (
        <figcaption className="flex min-h-9 items-center justify-between gap-2 border-b px-3 py-1 text-muted text-sm">
          <span>{label}</span>
          {actions}
        </figcaption>
      )}
      <pre className="whitespace-pre-wrap px-3 py-2 leading-6 [overflow-wrap:anywhere]">{children}</pre>
    </figure>
  )
}
