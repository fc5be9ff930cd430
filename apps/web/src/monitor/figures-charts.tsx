'use client'

import { DataTable } from '../components/data-table.tsx'
import { Panel } from '../components/panel.tsx'
import { ChartPanel } from './chart-panel.tsx'
import type { Figures } from './figures.ts'
import { timeOf } from './time-of.ts'

/** The figures as they were at one time; undefined: when the page was made. */
export interface Reading {
  readonly at: number | undefined
  readonly figures: readonly Figures[]
}

/** What is read from /metrics: totals, ledger, nonce retries, skew, time. */
export function FiguresCharts({ readings }: { readings: readonly Reading[] }) {
  const figures = readings.at(-1)?.figures ?? []
  if (figures.length === 0)
    return (
      <Panel title="Figures" id="figures">
        <p>
          The /metrics of the servers cannot be read from here: say where they are with{' '}
          <code>AUTH_METRICS_PORT</code> and <code>API_METRICS_PORT</code>.
        </p>
      </Panel>
    )
  // A server that has judged nothing yet has no buckets.
  const bounds = figures.find(({ skew }) => skew.length > 0)?.skew.map(({ upTo }) => upTo) ?? []
  const colors = ['var(--accent)', 'var(--warn)', 'var(--ok)']
  const series = figures.map(({ server }, index) => ({
    key: server,
    name: server,
    color: colors[index] ?? 'var(--ok)',
  }))
  return (
    <>
      <Panel title="Since the servers started" id="figures">
        <DataTable
          caption="Figures of /metrics"
          columns={[
            'Server',
            'Accepted',
            'Rejected',
            'Challenged',
            'Nonce retries',
            'Ledger',
            'Tokens issued',
            'p50',
            'p95',
          ]}
          rows={figures.map(({ server, outcomes, ledgerEntries, tokensIssued, p50, p95 }) => ({
            key: server,
            cells: [
              server,
              outcomes.accepted,
              outcomes.rejected,
              outcomes.challenged,
              `${percent(outcomes)} %`,
              ledgerEntries ?? 'none',
              tokensIssued,
              milliseconds(p50),
              milliseconds(p95),
            ],
          }))}
        />
      </Panel>
      <ChartPanel
        id="ledger"
        title="Used proofs that the ledger remembers"
        x="time"
        series={series}
        rows={readings.map((reading) => ({
          x: reading.at === undefined ? 'when opened' : timeOf(reading.at),
          ...Object.fromEntries(
            reading.figures.map(({ server, ledgerEntries = 0 }) => [server, ledgerEntries]),
          ),
        }))}
      />
      <ChartPanel
        id="retries"
        title="Of a hundred requests, those that were asked for a nonce"
        x="server"
        series={[{ key: 'share', name: 'percent', color: 'var(--warn)' }]}
        rows={figures.map(({ server, outcomes }) => ({ x: server, share: percent(outcomes) }))}
      />
      <ChartPanel
        id="skew"
        title="Age of proofs on arrival: the server’s clock less iat, seconds"
        x="up to"
        series={series}
        rows={bounds.map((upTo, index) => ({
          x: upTo === Number.POSITIVE_INFINITY || upTo === null ? 'more' : String(upTo),
          ...Object.fromEntries(figures.map(({ server, skew }) => [server, skew[index]?.count ?? 0])),
        }))}
      />
      <ChartPanel
        id="took"
        title="Time to verify and answer, milliseconds"
        x="server"
        series={[
          { key: 'p50', name: 'p50', color: 'var(--accent)' },
          { key: 'more', name: 'p95, what it adds', color: 'var(--warn)' },
        ]}
        format={(value) => value.toFixed(2)}
        rows={figures.map(({ server, p50 = 0, p95 = 0 }) => ({
          x: server,
          p50: p50 * 1000,
          more: (p95 - p50) * 1000,
        }))}
      />
    </>
  )
}

function percent({ accepted, rejected, challenged }: Figures['outcomes']): number {
  const all = accepted + rejected + challenged
  return all === 0 ? 0 : Math.round((challenged / all) * 100)
}

function milliseconds(seconds: number | undefined): string {
  return seconds === undefined ? 'none' : `${(seconds * 1000).toFixed(1)} ms`
}
