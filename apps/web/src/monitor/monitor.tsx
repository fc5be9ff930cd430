'use client'

import type { FeedEvent } from '@keybound/monitoring'
import { useEffect, useState } from 'react'
import { Button } from '../components/button.tsx'
import { Panel } from '../components/panel.tsx'
import { Status } from '../components/status.tsx'
import { CausesPanel } from './causes-panel.tsx'
import { ChartPanel } from './chart-panel.tsx'
import { type Bin, eventBins } from './event-bins.ts'
import { FeedTable } from './feed-table.tsx'
import type { Figures } from './figures.ts'
import { FiguresCharts, type Reading } from './figures-charts.tsx'
import { timeOf } from './time-of.ts'
import { useFeeds } from './use-feeds.ts'

const outcomes = [
  { key: 'accepted', name: 'accepted', color: 'var(--ok)' },
  { key: 'rejected', name: 'rejected', color: 'var(--bad)' },
  { key: 'challenged', name: 'challenged', color: 'var(--warn)' },
]
const reasonColors = [
  'var(--bad)',
  'var(--warn)',
  'var(--accent)',
  'var(--ok)',
  'var(--muted)',
  'var(--text)',
]

/** The feed and the figures, live. */
export function Monitor(props: { feeds: readonly string[]; figures: readonly Figures[] }) {
  const [paused, setPaused] = useState(false)
  const { events, connected } = useFeeds(props.feeds, paused)
  const readings = useReadings(props.figures, paused)
  const now = useNow(paused)
  const perSecond = eventBins(events, ({ outcome }) => outcome, { now, width: 1, count: 60 })
  const window = { now, width: 10, count: 30 }
  const frequent = mostFrequent(eventBins(events, reasonOf, window), reasonColors.length - 1)
  const named = (event: FeedEvent) => {
    const reason = reasonOf(event)
    return reason === undefined || frequent.includes(reason) ? reason : 'others'
  }
  const reasons = eventBins(events, named, window)
  const checks = [...frequent, ...(reasons.some(({ counts }) => counts.others) ? ['others'] : [])]
  const live = props.feeds.filter((address) => connected[address]).length
  return (
    <div className="grid grid-cols-1 gap-6">
      <div className="flex flex-wrap items-center gap-3" aria-live="polite">
        <Status tone={paused ? 'muted' : live === props.feeds.length ? 'ok' : 'bad'}>
          {paused ? 'Paused' : `${live} of ${props.feeds.length} servers connected`}
        </Status>
        <Button onClick={() => setPaused(!paused)}>{paused ? 'Go on' : 'Pause'}</Button>
      </div>
      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-2">
        <ChartPanel
          id="per-second"
          title="Decisions per second, the last minute"
          x="time"
          series={outcomes}
          rows={perSecond.map(({ from, counts }) => ({ x: timeOf(from), ...counts }))}
        />
        <ChartPanel
          id="reasons"
          title="Why not, the last five minutes"
          x="from"
          series={checks.map((check, index) => ({
            key: check,
            name: check,
            color: reasonColors[index] ?? 'var(--bad)',
          }))}
          rows={reasons.map(({ from, counts }) => ({ x: timeOf(from), ...counts }))}
        />
        <div className="min-w-0 lg:col-span-2">
          <CausesPanel events={events} now={now} />
        </div>
        <div className="min-w-0 lg:col-span-2">
          <Panel title="Decisions" id="feed">
            <FeedTable events={events} />
          </Panel>
        </div>
      </div>
      <div className="grid min-w-0 grid-cols-1 items-start gap-6 lg:grid-cols-2 lg:[&>:first-child]:col-span-2">
        <FiguresCharts readings={readings} />
      </div>
    </div>
  )
}

/** The kinds that were counted most often. */
function mostFrequent(bins: readonly Bin[], most: number): readonly string[] {
  const totals = new Map<string, number>()
  for (const { counts } of bins)
    for (const [kind, count] of Object.entries(counts)) totals.set(kind, (totals.get(kind) ?? 0) + count)
  return [...totals]
    .sort(([, one], [, other]) => other - one)
    .slice(0, most)
    .map(([kind]) => kind)
}

function reasonOf({ outcome, check }: { outcome: string; check?: string }): string | undefined {
  return outcome === 'accepted' ? undefined : (check ?? 'none')
}

function useNow(paused: boolean): number {
  const [now, setNow] = useState(0)
  useEffect(() => {
    setNow(Date.now() / 1000)
    if (paused) return
    const timer = setInterval(() => setNow(Date.now() / 1000), 1000)
    return () => clearInterval(timer)
  }, [paused])
  return now
}

/** The last readings of the figures, the newest last. */
function useReadings(first: readonly Figures[], paused: boolean): readonly Reading[] {
  const [readings, setReadings] = useState<readonly Reading[]>([{ at: undefined, figures: first }])
  useEffect(() => {
    if (paused) return
    const timer = setInterval(async () => {
      if (document.hidden) return
      const response = await fetch('/monitor/figures').catch(() => undefined)
      if (!response?.ok) return
      const reading = { at: Date.now() / 1000, figures: (await response.json()) as Figures[] }
      setReadings((before) => [...before, reading].slice(-60))
    }, 2000)
    return () => clearInterval(timer)
  }, [paused])
  return readings
}
