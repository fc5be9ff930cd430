'use client'

import { useId } from 'react'

/** One of a few: radio buttons that look like one segmented switch. */
export function Choice<Value extends string>(props: {
  legend: string
  options: readonly { readonly value: Value; readonly name: string }[]
  current: Value
  onChange: (value: Value) => void
}) {
  const group = useId()
  return (
    <fieldset className="inline-flex max-w-full flex-wrap rounded-lg border bg-surface p-0.5 text-sm">
      <legend className="sr-only">{props.legend}</legend>
      {props.options.map(({ value, name }) => (
        <label
          key={value}
          className="relative cursor-pointer rounded-md px-2.5 py-1 text-muted has-checked:bg-accent-soft has-checked:font-medium has-checked:text-accent has-focus-visible:outline-2 has-focus-visible:outline-accent"
        >
          <input
            type="radio"
            name={group}
            value={value}
            checked={value === props.current}
            onChange={() => props.onChange(value)}
            className="sr-only"
          />
          {name}
        </label>
      ))}
    </fieldset>
  )
}
