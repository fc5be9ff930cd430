'use client'

import { type Exchange, redact, toCurl, toJson, toTypeScript } from '@keybound/exchange'
import { useState } from 'react'
import { CodeBox } from '../components/code-box.tsx'
import { CopyButton } from '../components/copy-button.tsx'

const forms = { curl: toCurl, TypeScript: toTypeScript, JSON: toJson } as const

/** The exchange to take along, without its secrets unless somebody asks for them; `redacted`: it holds none any more. */
export function CodeView({ exchange, redacted = false }: { exchange: Exchange; redacted?: boolean }) {
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
        {!redacted && (
          <label className="flex items-center gap-1.5">
            <input type="checkbox" checked={live} onChange={(event) => setLive(event.target.checked)} />
            Include live secrets
          </label>
        )}
      </div>
      <CodeBox label={form} actions={<CopyButton text={text} />}>
        {text}
      </CodeBox>
    </div>
  )
}
