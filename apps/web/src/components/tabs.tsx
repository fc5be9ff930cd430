'use client'

import { type KeyboardEvent, type ReactNode, useId, useRef } from 'react'

export interface Tab<Id extends string> {
  readonly id: Id
  readonly name: string
  readonly content: ReactNode
}

/** Tabs as the ARIA pattern wants them: arrow keys, Home and End move, one tab stop. */
export function Tabs<Id extends string>(props: {
  label: string
  tabs: readonly Tab<Id>[]
  current: Id
  onChange: (id: Id) => void
}) {
  const base = useId()
  const list = useRef<HTMLDivElement>(null)
  const at = Math.max(
    0,
    props.tabs.findIndex(({ id }) => id === props.current),
  )
  const shown = props.tabs[at]

  function move(event: KeyboardEvent): void {
    const last = props.tabs.length - 1
    const to = {
      ArrowRight: at === last ? 0 : at + 1,
      ArrowLeft: at === 0 ? last : at - 1,
      Home: 0,
      End: last,
    }[event.key]
    const tab = to === undefined ? undefined : props.tabs[to]
    if (tab === undefined) return
    event.preventDefault()
    props.onChange(tab.id)
    list.current?.querySelectorAll<HTMLElement>('[role="tab"]')[to ?? 0]?.focus()
  }

  return (
    <div className="min-w-0">
      <div
        ref={list}
        role="tablist"
        aria-label={props.label}
        onKeyDown={move}
        className="flex gap-1 overflow-x-auto border-b"
      >
        {props.tabs.map(({ id, name }, index) => (
          <button
            key={id}
            type="button"
            role="tab"
            id={`${base}-${id}`}
            aria-selected={index === at}
            aria-controls={`${base}-panel`}
            tabIndex={index === at ? 0 : -1}
            onClick={() => props.onChange(id)}
            className="-mb-px shrink-0 border-transparent border-b-2 px-2.5 py-1.5 text-muted text-sm hover:text-text focus-visible:-outline-offset-2 aria-selected:border-accent aria-selected:font-medium aria-selected:text-text"
          >
            {name}
          </button>
        ))}
      </div>
      <div
        id={`${base}-panel`}
        role="tabpanel"
        aria-labelledby={shown && `${base}-${shown.id}`}
        className="pt-3"
      >
        {shown?.content}
      </div>
    </div>
  )
}
