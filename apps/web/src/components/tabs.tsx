'use client'

import { Tab as HeadlessTab, TabList, TabPanel, TabProvider } from '@ariakit/react/tab'
import { type ReactNode, useId } from 'react'

export interface Tab<Id extends string> {
  readonly id: Id
  readonly name: ReactNode
  readonly content: ReactNode
}

/** Tabs as the ARIA pattern wants them: arrow keys, Home and End move, one tab stop. Only the current panel is in the document. */
export function Tabs<Id extends string>(props: {
  label: string
  tabs: readonly Tab<Id>[]
  current: Id
  onChange: (id: Id) => void
}) {
  const base = useId()
  const shown = props.tabs.find(({ id }) => id === props.current) ?? props.tabs[0]
  if (shown === undefined) return null
  return (
    <div className="min-w-0">
      <TabProvider
        selectedId={base + shown.id}
        setSelectedId={(chosen) => {
          const tab = props.tabs.find(({ id }) => base + id === chosen)
          if (tab !== undefined && tab.id !== shown.id) props.onChange(tab.id)
        }}
      >
        <TabList aria-label={props.label} className="flex gap-1 overflow-x-auto border-b">
          {props.tabs.map(({ id, name }) => (
            <HeadlessTab
              key={id}
              id={base + id}
              className="-mb-px shrink-0 border-transparent border-b-2 px-2.5 py-1.5 text-muted text-sm hover:text-text focus-visible:-outline-offset-2 aria-selected:border-accent aria-selected:font-medium aria-selected:text-text"
            >
              {name}
            </HeadlessTab>
          ))}
        </TabList>
        <TabPanel key={shown.id} tabId={base + shown.id} focusable={false} className="pt-3">
          {shown.content}
        </TabPanel>
      </TabProvider>
    </div>
  )
}
