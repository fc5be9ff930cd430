'use client'

import { useEffect, useState } from 'react'
import { Status, type Tone } from '../components/status.tsx'
import type { Health } from './read-health.ts'

const words: Record<Health['status'], { readonly tone: Tone; readonly word: string }> = {
  up: { tone: 'ok', word: 'Up' },
  'not ready': { tone: 'warn', word: 'Not ready' },
  down: { tone: 'bad', word: 'Down' },
  unknown: { tone: 'muted', word: 'Unknown' },
}

/** The state of the apps and the store, rendered by the server and then asked again every five seconds while the page is seen. */
export function HealthList({ initial }: { initial: readonly Health[] }) {
  const [all, setAll] = useState(initial)
  useEffect(() => {
    const timer = setInterval(async () => {
      if (document.hidden) return
      const response = await fetch('/health').catch(() => undefined)
      setAll(response?.ok ? ((await response.json()) as Health[]) : initial.map(withoutUs))
    }, 5000)
    return () => clearInterval(timer)
  }, [initial])
  return (
    <div>
      <ul className="divide-y" aria-live="polite">
        {all.map((one) => (
          <li key={one.name} className="grid gap-1 py-2.5 first:pt-0 last:pb-0">
            <div className="flex items-baseline justify-between gap-4">
              <span className="min-w-0">
                <span className="font-medium">{one.name}</span>{' '}
                <span className="text-muted text-sm">{one.says}</span>
              </span>
              <Status tone={words[one.status].tone}>{words[one.status].word}</Status>
            </div>
            {one.url && <code className="text-muted [overflow-wrap:anywhere]">{one.url}</code>}
            {one.status === 'down' && (
              <code className="rounded bg-surface-2 px-1.5 py-0.5 [overflow-wrap:anywhere]">
                {one.command}
              </code>
            )}
          </li>
        ))}
      </ul>
      {all.some(({ status }) => status === 'down') && (
        <p className="mt-3 border-t pt-3 text-muted text-sm">
          In the repository, the command under each starts it; <code>npm start</code> starts everything.
        </p>
      )}
    </div>
  )
}

/** This site does not answer, so nothing is known of the others. */
function withoutUs(one: Health): Health {
  return { ...one, status: one.name === 'web' ? 'down' : 'unknown' }
}
