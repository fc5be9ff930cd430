'use client'

import type { FeedEvent } from '@keybound/monitoring'
import { useState } from 'react'
import { DataTable } from '../components/data-table.tsx'
import { Moment } from '../components/moment.tsx'
import { Status, type Tone } from '../components/status.tsx'
import { isCheckId } from './causes.ts'
import { nameOf } from './use-feeds.ts'

const filters = ['outcome', 'check', 'endpoint', 'clientId'] as const
type Filter = (typeof filters)[number]
const names: Record<Filter, string> = {
  outcome: 'Outcome',
  check: 'Check',
  endpoint: 'Endpoint',
  clientId: 'Client',
}
const tones: Record<FeedEvent['outcome'], Tone> = { accepted: 'ok', rejected: 'bad', challenged: 'warn' }

/** The newest decisions, as far as the filters let them through. */
export function FeedTable({ events }: { events: readonly FeedEvent[] }) {
  const [chosen, setChosen] = useState<Partial<Record<Filter, string>>>({})
  const shown = events.filter((event) =>
    filters.every((name) => !chosen[name] || event[name] === chosen[name]),
  )
  return (
    <div className="grid grid-cols-1 gap-3">
      <div className="grid grid-cols-2 gap-2 sm:grid-cols-4">
        {filters.map((name) => (
          <label key={name} className="grid gap-0.5 text-muted text-sm">
            {names[name]}
            <select
              value={chosen[name] ?? ''}
              onChange={(event) => setChosen({ ...chosen, [name]: event.target.value })}
              className="w-full min-w-0 rounded-lg border bg-surface px-2 py-1.5 text-text"
            >
              <option value="">all</option>
              {[...new Set(events.flatMap((event) => event[name] ?? []))].sort().map((value) => (
                <option key={value}>{value}</option>
              ))}
            </select>
          </label>
        ))}
      </div>
      <p className="text-muted text-sm">
        {shown.length} of {events.length} decisions{shown.length > 100 && ', the newest 100 of them'}
      </p>
      <DataTable
        caption="Decisions"
        tall
        empty="Nothing has been decided yet. Run the playground, or attack something."
        columns={['When', 'Outcome', 'Check', 'Request', 'Client', 'Event']}
        rows={shown.slice(0, 100).map((event) => ({
          key: nameOf(event),
          cells: [
            <Moment key="at" at={event.at} timeOnly />,
            <Status key="outcome" tone={tones[event.outcome]}>
              {event.status} {event.outcome}
            </Status>,
            event.check && isCheckId(event.check) ? (
              <a
                key="check"
                href={`/checks/${event.check}`}
                className="text-text underline underline-offset-2"
              >
                <code>{event.check}</code>
              </a>
            ) : (
              event.check && <code>{event.check}</code>
            ),
            <code key="request" className="whitespace-nowrap">
              {event.server} {event.method} {event.endpoint}
            </code>,
            event.clientId,
            event.security && (
              <Status key="security" tone="bad">
                {event.security}
              </Status>
            ),
          ],
        }))}
      />
    </div>
  )
}
