'use client'

import { type Exchange, redact, toHar, toJson, toMarkdown } from '@keybound/exchange'
import { useState } from 'react'
import { Button } from '../components/button.tsx'
import { saveFile } from '../components/save-file.ts'

const forms = [
  { name: 'HAR 1.2', file: 'keybound-playground.har', type: 'application/json', write: toHar },
  { name: 'JSON', file: 'keybound-playground.json', type: 'application/json', write: toJson },
  { name: 'Markdown', file: 'keybound-playground.md', type: 'text/markdown', write: toMarkdown },
] as const

/** Everything that went over the wire, to take along; without secrets unless somebody asks for them. */
export function ExportMenu({ exchanges }: { exchanges: readonly Exchange[] }) {
  const [live, setLive] = useState(false)
  const shown = live ? exchanges : exchanges.map(redact)
  return (
    <fieldset className="grid gap-0.5 text-sm">
      <legend className="sr-only">Export all exchanges</legend>
      <label className="flex items-center gap-1.5 text-muted">
        <span aria-hidden="true" className="mr-2">
          Export
        </span>
        <input type="checkbox" checked={live} onChange={(event) => setLive(event.target.checked)} />
        Include live secrets
      </label>
      <div className="flex flex-wrap gap-1.5">
        {forms.map(({ name, file, type, write }) => (
          <Button
            key={name}
            className="px-2.5 py-1.5 text-sm"
            disabled={exchanges.length === 0}
            onClick={() => saveFile(file, type, write(shown))}
          >
            <span className="sr-only">Export as </span>
            {name}
          </Button>
        ))}
      </div>
    </fieldset>
  )
}
