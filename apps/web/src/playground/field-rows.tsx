'use client'

import { Button } from '../components/button.tsx'
import type { Field } from './draft.ts'

/** Names and values that can be changed, added and taken out. `legend` names the group. */
export function FieldRows(props: {
  legend: string
  fields: readonly Field[]
  onChange: (fields: readonly Field[]) => void
}) {
  const { legend, fields, onChange } = props
  const replace = (at: number, field: Field) => onChange(fields.with(at, field))
  return (
    <fieldset className="grid gap-1.5">
      <legend className="mb-1 font-medium text-sm">{legend}</legend>
      {fields.map((field, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: names may be equal or empty while they are typed.
        <div key={at} className={rowLook}>
          <input
            aria-label={`${legend}: name ${at + 1}`}
            value={field.name}
            spellCheck={false}
            onChange={(event) => replace(at, { ...field, name: event.target.value })}
            className={inputLook}
          />
          <textarea
            aria-label={`${legend}: ${field.name || `value ${at + 1}`}`}
            value={field.value}
            rows={field.value.length > 90 ? 3 : 1}
            spellCheck={false}
            onChange={(event) => replace(at, { ...field, value: event.target.value })}
            className={`${inputLook} min-h-9 resize-y`}
          />
          <Button
            look="quiet"
            aria-label={`${legend}: take out ${field.name || `row ${at + 1}`}`}
            onClick={() => onChange(fields.toSpliced(at, 1))}
          >
            <span aria-hidden="true">✕</span>
          </Button>
        </div>
      ))}
      <div>
        <Button look="quiet" onClick={() => onChange([...fields, { name: '', value: '' }])}>
          Add one
        </Button>
      </div>
    </fieldset>
  )
}

const rowLook =
  'grid gap-1.5 grid-cols-[minmax(0,5.5rem)_minmax(0,1fr)_auto] sm:grid-cols-[minmax(0,9.5rem)_minmax(0,1fr)_auto]'

export const inputLook =
  'w-full min-w-0 rounded-md border bg-surface px-2 py-1 font-mono text-[0.8125rem] leading-6 [overflow-wrap:anywhere]'
