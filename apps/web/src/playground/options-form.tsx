'use client'

import { useId } from 'react'
import { optionValues, type PlaygroundOptions } from './playground-options.ts'

const names: Record<keyof PlaygroundOptions, string> = {
  alg: 'Algorithm',
  key: 'Key lives in',
  request: 'Request',
  binding: 'Code bound by',
}

const words: Readonly<Record<string, string>> = {
  kept: 'IndexedDB',
  memory: 'this page',
  pushed: 'pushed (PAR)',
  plain: 'plain',
  proof: 'a proof',
  dpop_jkt: 'dpop_jkt',
}

/** The set-up that the address of this page reproduces. */
export function OptionsForm(props: {
  options: PlaygroundOptions
  onChange: (change: Partial<PlaygroundOptions>) => void
}) {
  const { options, onChange } = props
  const id = useId()
  return (
    <fieldset className="grid gap-x-3 gap-y-2 text-sm min-[30rem]:grid-cols-2 lg:grid-cols-4">
      <legend className="sr-only">Set-up; the address of this page reproduces it</legend>
      {(Object.keys(names) as (keyof PlaygroundOptions)[]).map((name) => (
        <label
          key={name}
          htmlFor={`${id}-${name}`}
          className="grid min-w-0 grid-cols-[7rem_minmax(0,1fr)] items-center gap-0.5 min-[30rem]:grid-cols-1"
        >
          <span className="text-muted">{names[name]}</span>
          <select
            id={`${id}-${name}`}
            value={options[name]}
            disabled={name === 'binding' && options.request === 'plain'}
            onChange={(event) => onChange({ [name]: event.target.value })}
            className="w-full min-w-0 rounded-md border bg-surface px-2 py-1.5 disabled:opacity-60"
          >
            {optionValues[name].map((value) => (
              <option key={value} value={value}>
                {words[value] ?? value}
              </option>
            ))}
          </select>
        </label>
      ))}
    </fieldset>
  )
}
