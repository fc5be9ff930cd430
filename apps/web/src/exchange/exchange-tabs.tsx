'use client'

import type { Exchange } from '@keybound/exchange'
import { useState } from 'react'
import { Tabs } from '../components/tabs.tsx'
import { ProofView } from '../proof/proof-view.tsx'
import { VerdictView } from '../verdict/verdict-view.tsx'
import { AttemptComparison } from './attempt-comparison.tsx'
import { CodeView } from './code-view.tsx'
import { RequestView, ResponseView } from './request-view.tsx'
import { TokensView } from './tokens-view.tsx'

type TabId = 'request' | 'response' | 'proof' | 'tokens' | 'checks' | 'code'

export interface ExchangeTabsProps {
  readonly exchange: Exchange
  /** The attempt before this one at the same request, to compare with. */
  readonly before?: Exchange | undefined
  /** `jkt` of the client's own key. */
  readonly thumbprint?: string | undefined
  /** Who noted it: the server, in its journal, or the client that sent it. */
  readonly seenBy?: 'server' | 'client' | undefined
  /** Who sent it, where that was neither this page nor the server of this site. */
  readonly sender?: string | undefined
}

/** One exchange from every side. The tab stays the same from exchange to exchange. */
export function ExchangeTabs(props: ExchangeTabsProps) {
  const { exchange, before, thumbprint, seenBy = 'client', sender = 'this page' } = props
  const [current, setCurrent] = useState<TabId>('request')
  const [compares, setCompares] = useState(false)
  const compared = compares && before !== undefined
  const tabs = [
    {
      id: 'request',
      name: 'Request',
      content: (
        <div className="grid gap-3">
          {before && (
            <label className="flex items-center gap-1.5 text-sm">
              <input
                type="checkbox"
                checked={compares}
                onChange={(event) => setCompares(event.target.checked)}
              />
              Compare with the attempt before
            </label>
          )}
          {compared ? (
            <AttemptComparison before={before} after={exchange} />
          ) : (
            <RequestView exchange={exchange} />
          )}
          <p className="text-muted text-sm">
            {seenBy === 'server'
              ? `As ${exchange.to} received it, from its own journal.`
              : `As ${exchange.from === 'web' ? 'this site’s server' : sender} sent it.`}
          </p>
        </div>
      ),
    },
    {
      id: 'response',
      name: 'Response',
      content: <ResponseView exchange={exchange} inBrowser={seenBy === 'client'} />,
    },
    { id: 'proof', name: 'Proof', content: <ProofView exchange={exchange} thumbprint={thumbprint} /> },
    { id: 'tokens', name: 'Tokens', content: <TokensView exchange={exchange} jkt={thumbprint} /> },
    {
      id: 'checks',
      name: 'Checks',
      content: exchange.verdict ? (
        <VerdictView verdict={exchange.verdict} />
      ) : (
        <p className="text-muted text-sm">Nothing was proved in this request, so nothing was checked.</p>
      ),
    },
    { id: 'code', name: 'Code', content: <CodeView exchange={exchange} /> },
  ] as const
  return <Tabs label="This exchange" tabs={tabs} current={current} onChange={setCurrent} />
}
