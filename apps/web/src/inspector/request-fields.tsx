'use client'

import { Choice } from '../components/choice.tsx'
import { TextField } from '../components/text-field.tsx'
import type { InspectorState } from './fragment.ts'
import type { Pasted } from './pasted.ts'

/** What a paste may leave open. What is typed here counts before what was pasted. */
export function RequestFields(props: {
  state: InspectorState
  pasted: Pasted
  onChange: (change: Partial<InspectorState>) => void
}) {
  const { state, pasted, onChange } = props
  return (
    <fieldset className="grid min-w-0 grid-cols-1 gap-3">
      <legend className="mb-2 font-medium">What the paste does not say</legend>
      <div className="grid gap-3 sm:grid-cols-[8rem_minmax(0,1fr)]">
        <TextField
          id="method"
          label="Method"
          value={state.method}
          placeholder={pasted.method ?? 'GET'}
          onChange={(event) => onChange({ method: event.target.value })}
        />
        <TextField
          id="url"
          label="URL of the request"
          value={state.url}
          placeholder={pasted.url ?? 'https://api.example/resource'}
          onChange={(event) => onChange({ url: event.target.value.trim() })}
        />
      </div>
      <TextField
        id="nonce"
        label="Nonce that the server gave last (DPoP-Nonce)"
        value={state.nonce}
        autoComplete="off"
        onChange={(event) => onChange({ nonce: event.target.value.trim() })}
      />
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
        <span className="text-muted">Received by the server</span>
        <Choice
          legend="Received by the server"
          options={[
            { value: '', name: 'now' },
            { value: 'iat', name: 'when it was made' },
          ]}
          current={state.at}
          onChange={(at) => onChange({ at })}
        />
      </div>
    </fieldset>
  )
}
