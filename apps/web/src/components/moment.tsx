'use client'

import { useSyncExternalStore } from 'react'

/** An instant, in local time with UTC on hover; without script in UTC. `at` is a NumericDate. */
export function Moment({ at }: { at: number }) {
  const date = new Date(at * 1000)
  const utc = `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`
  const text = useSyncExternalStore(
    neverChanges,
    () => date.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'medium' }),
    () => utc,
  )
  return (
    <time dateTime={date.toISOString()} title={utc}>
      {text}
    </time>
  )
}

function neverChanges(): () => void {
  return () => {}
}
