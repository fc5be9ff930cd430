'use client'

import { useEffect, useState } from 'react'
import { Status } from '../components/status.tsx'
import type { AppHealth } from './app-health.ts'

/** The state of the three apps, rendered by the server and then asked again every five seconds while the page is seen. */
export function HealthList({ initial }: { initial: readonly AppHealth[] }) {
  const [apps, setApps] = useState(initial)
  useEffect(() => {
    const timer = setInterval(async () => {
      if (document.hidden) return
      const response = await fetch('/health').catch(() => undefined)
      setApps(
        response?.ok
          ? ((await response.json()) as AppHealth[])
          : initial.map((app) => ({ ...app, status: 'down' })),
      )
    }, 5000)
    return () => clearInterval(timer)
  }, [initial])
  const down = apps.some((app) => app.status !== 'up')
  return (
    <div>
      <ul className="divide-y" aria-live="polite">
        {apps.map((app) => (
          <li
            key={app.app}
            className="grid grid-cols-[1fr_auto] items-center gap-x-4 py-2.5 first:pt-0 last:pb-0"
          >
            <div className="min-w-0">
              <span className="font-medium">{app.app}</span>{' '}
              <span className="text-muted text-sm">{app.says}</span>
              <div className="text-muted text-sm [overflow-wrap:anywhere]">
                <code>{app.url}</code>
              </div>
            </div>
            <Status tone={app.status === 'up' ? 'ok' : app.status === 'down' ? 'bad' : 'warn'}>
              {{ up: 'Up', 'not ready': 'Not ready', down: 'Down' }[app.status]}
            </Status>
          </li>
        ))}
      </ul>
      {down && (
        <p className="mt-3 border-t pt-3 text-sm">
          This starts what is down: <code className="rounded bg-surface-2 px-1.5 py-0.5">npm start</code>
        </p>
      )}
    </div>
  )
}
