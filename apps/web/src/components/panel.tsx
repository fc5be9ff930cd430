import type { ReactNode } from 'react'

/** A titled surface. `action` stands at the title's right. */
export function Panel(props: {
  title?: string
  id?: string
  action?: ReactNode
  children: ReactNode
  level?: 2 | 3
}) {
  const Heading = props.level === 3 ? 'h3' : 'h2'
  const headingId = props.id && `${props.id}-title`
  return (
    <section id={props.id} aria-labelledby={headingId} className="min-w-0 rounded-box border bg-surface">
      {props.title !== undefined && (
        <header className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-b px-4 py-3 sm:px-5">
          <Heading id={headingId} className="font-semibold">
            {props.title}
          </Heading>
          {props.action}
        </header>
      )}
      <div className="px-4 py-4 sm:px-5">{props.children}</div>
    </section>
  )
}
