'use client'

import { useSyncExternalStore } from 'react'

/** An instant, in local time with UTC on hover; without script in UTC. `at` is a NumericDate. `timeOnly` where all that is shown is of the last minutes. */
export function Moment({ at, timeOnly }: { at: number; timeOnly?: true }) {
  const date = new Date(at * 1000)
  const utc = `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`
  const text = useSyncExternalStore(
    neverChanges,
    () =>
      date.toLocaleString(
        undefined,
        timeOnly ? { timeStyle: 'medium' } : { dateStyle: 'medium', timeStyle: 'medium' },
      ),
    () => utc,
  )
  return (
    <time dateTime={date.toISOString()} title={utc} className={timeOnly && 'whitespace-nowrap'}>
      {text}
    </time>
  )
}

function neverChanges(): () => void {
  return () => {}
}
