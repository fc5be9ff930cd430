import type { Metadata } from 'next'
import { Notice } from '../../components/notice.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { env } from '../../env.ts'
import { Monitor } from '../../monitor/monitor.tsx'
import { readFigures } from '../../monitor/read-figures.ts'

export const metadata: Metadata = { title: 'Monitor' }

export default async function MonitorPage() {
  const { issuer, apiUrl, labUrl } = env()
  if (labUrl === undefined) return <NotHere />
  return (
    <div className="grid grid-cols-1 gap-6">
      <PageHeader
        title="Monitor"
        lead="Every decision of the authorization server, the resource API and the attack lab, as it is made. The figures are those of their /metrics."
      />
      <Monitor
        feeds={[issuer, apiUrl, labUrl].map((server) => `${server}/events`)}
        figures={await readFigures()}
      />
      <noscript>
        <p>The feed needs script. The figures of each server are at its /metrics.</p>
      </noscript>
    </div>
  )
}

function NotHere() {
  return (
    <Notice title="No monitor here">
      <p>The feeds of the servers exist in demo mode only. Their figures are at /metrics, for Prometheus.</p>
    </Notice>
  )
}
