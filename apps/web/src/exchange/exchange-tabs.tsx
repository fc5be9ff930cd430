'use client'

import { useState } from 'react'
import { CodeBox } from '../components/code-box.tsx'
import { CopyButton } from '../components/copy-button.tsx'
import { Tabs } from '../components/tabs.tsx'
import { ProofView } from '../proof/proof-view.tsx'
import { VerdictView } from '../verdict/verdict-view.tsx'
import { type Exchange, proofOf } from './exchange.ts'
import { redact } from './redact.ts'
import { RequestView, ResponseView } from './request-view.tsx'
import { toCurl, toJson, toTypeScript } from './snippets.ts'

type TabId = 'request' | 'response' | 'proof' | 'checks' | 'code'

/** One exchange from every side. */
export function ExchangeTabs({
  exchange,
  thumbprint,
}: {
  exchange: Exchange
  thumbprint?: string | undefined
}) {
  const [current, setCurrent] = useState<TabId>('request')
  const proof = proofOf(exchange)
  const tabs = [
    { id: 'request', name: 'Request', content: <RequestView exchange={exchange} /> },
    { id: 'response', name: 'Response', content: <ResponseView exchange={exchange} inBrowser /> },
    ...(proof === undefined
      ? []
      : [
          {
            id: 'proof',
            name: 'Proof',
            content: (
              <ProofView
                proofJwt={proof}
                sentAt={exchange.timings.sentAt}
                {...(thumbprint && { thumbprint })}
              />
            ),
          } as const,
        ]),
    ...(exchange.verdict
      ? [{ id: 'checks', name: 'Checks', content: <VerdictView verdict={exchange.verdict} /> } as const]
      : []),
    { id: 'code', name: 'Code', content: <CodeView exchange={exchange} /> },
  ] as const
  return <Tabs label="This exchange" tabs={tabs} current={current} onChange={setCurrent} />
}

const forms = { curl: toCurl, TypeScript: toTypeScript, JSON: toJson } as const

function CodeView({ exchange }: { exchange: Exchange }) {
  const [form, setForm] = useState<keyof typeof forms>('curl')
  const [live, setLive] = useState(false)
  const text = forms[form](live ? exchange : redact(exchange))
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm">
        <fieldset className="flex flex-wrap gap-3">
          <legend className="sr-only">As</legend>
          {(Object.keys(forms) as (keyof typeof forms)[]).map((name) => (
            <label key={name} className="flex items-center gap-1.5">
              <input
                type="radio"
                name={`form-${exchange.id}`}
                checked={form === name}
                onChange={() => setForm(name)}
              />
              {name}
            </label>
          ))}
        </fieldset>
        <label className="flex items-center gap-1.5">
          <input type="checkbox" checked={live} onChange={(event) => setLive(event.target.checked)} />
          Include the live token and proof
        </label>
      </div>
      <CodeBox label={form} actions={<CopyButton text={text} />}>
        {text}
      </CodeBox>
    </div>
  )
}
