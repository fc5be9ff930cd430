import type { ReactNode } from 'react'

/** What is there for those who want it, under a line unless it is `bare`. Opens without script. */
export function Fold(props: {
  summary: ReactNode
  children: ReactNode
  open?: boolean
  bare?: boolean
  className?: string
}) {
  return (
    <details
      open={props.open}
      className={`group min-w-0 ${props.bare ? '' : 'border-t pt-3'} ${props.className ?? ''}`}
    >
      <summary className="flex list-none items-center gap-2 rounded-md font-medium">
        <Chevron />
        <span className="min-w-0">{props.summary}</span>
      </summary>
      <div className="pt-3">{props.children}</div>
    </details>
  )
}

function Chevron() {
  return (
    <svg
      viewBox="0 0 20 20"
      width="14"
      height="14"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      aria-hidden="true"
      className="shrink-0 text-muted group-open:rotate-90"
    >
      <path d="m7 4 6 6-6 6" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  )
}
