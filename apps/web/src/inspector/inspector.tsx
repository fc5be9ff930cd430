'use client'

import { useEffect, useState } from 'react'
import { Tabs } from '../components/tabs.tsx'
import { BuildTab } from './build-tab.tsx'
import { exampleRequest } from './example-request.ts'
import { emptyState, type InspectorState, readFragment } from './fragment.ts'
import type { KnownIssuer } from './inspect.ts'
import { InspectTab } from './inspect-tab.tsx'
import { WrongTab } from './wrong-tab.tsx'

type TabId = 'inspect' | 'wrong' | 'build'

/** Everything happens in this browser, with WebCrypto; the policy of the page allows no connection at all. */
export function Inspector({ known }: { known: KnownIssuer | undefined }) {
  const [tab, setTab] = useState<TabId>('inspect')
  const [state, setState] = useState<InspectorState>(emptyState)
  useEffect(() => {
    const read = () => {
      const given = readFragment(location.hash)
      if (given) setState(given)
    }
    read()
    window.addEventListener('hashchange', read)
    return () => window.removeEventListener('hashchange', read)
  }, [])

  function show(text: string, change: Partial<InspectorState> = {}): void {
    setState({ ...emptyState, text, ...change })
    setTab('inspect')
  }

  return (
    <Tabs
      label="Inspector"
      current={tab}
      onChange={setTab}
      tabs={[
        {
          id: 'inspect',
          name: 'Inspect',
          content: (
            <InspectTab
              state={state}
              known={known}
              onChange={setState}
              onExample={() =>
                void exampleRequest('ath-hex').then(({ text, nonce }) => show(text, { nonce }))
              }
            />
          ),
        },
        { id: 'wrong', name: 'Make it wrong', content: <WrongTab onInspect={show} /> },
        { id: 'build', name: 'Build', content: <BuildTab onInspect={show} /> },
      ]}
    />
  )
}
