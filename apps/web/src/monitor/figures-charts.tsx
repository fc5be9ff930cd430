'use client'

import { DataTable } from '../components/data-table.tsx'
import { Panel } from '../components/panel.tsx'
import { ChartPanel } from './chart-panel.tsx'
import type { Figures } from './figures.ts'

/** What is read from /metrics: totals, ledger, skew, time. */
export function FiguresCharts({ figures }: { figures: readonly Figures[] }) {
  if (figures.length === 0)
    return (
      <Panel title="Figures" id="figures">
        <p>
          The /metrics of the servers cannot be read from here: say where they are with{' '}
          <code>AUTH_METRICS_PORT</code> and <code>API_METRICS_PORT</code>.
        </p>
      </Panel>
    )
  const bounds = figures[0]?.skew.map(({ upTo }) => upTo) ?? []
  const colors = ['var(--accent)', 'var(--warn)']
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
              share(outcomes.challenged, outcomes.accepted + outcomes.rejected + outcomes.challenged),
              ledgerEntries ?? 'none',
              tokensIssued,
              milliseconds(p50),
              milliseconds(p95),
            ],
          }))}
        />
      </Panel>
      <ChartPanel
        id="skew"
        title="Clock of the server less iat"
        x="up to, seconds"
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

function share(part: number, whole: number): string {
  return whole === 0 ? 'none' : `${Math.round((part / whole) * 100)} %`
}

function milliseconds(seconds: number | undefined): string {
  return seconds === undefined ? 'none' : `${(seconds * 1000).toFixed(1)} ms`
}
