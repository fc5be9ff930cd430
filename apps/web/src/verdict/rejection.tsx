import { CHECKS } from '@keybound/dpop'
import { type Exchange, refusalOf } from '@keybound/exchange'
import { Status } from '../components/status.tsx'
import { Difference } from './difference.tsx'

/** Why a request was refused: the check in words and its clause, what was expected and what came, and the likely cause. Nothing for a request that was not. */
export function Rejection({ exchange }: { exchange: Exchange }) {
  const refusal = refusalOf(exchange)
  if (refusal === undefined) return null
  const row = CHECKS.find(({ id }) => id === refusal.reason)
  const found = exchange.verdict?.checks.find(({ id }) => id === refusal.reason)
  const { pathname } = new URL(exchange.request.url)
  const challenged = refusal.error === 'use_dpop_nonce'
  return (
    <section
      // Several may stand on one page, and each landmark wants a name of its own.
      aria-label={`${challenged ? 'Why it was challenged' : 'Why it was refused'}: ${refusal.reason ?? refusal.error} at ${pathname}`}
      className={`grid gap-1.5 rounded-lg border px-3 py-2 ${challenged ? 'bg-warn-soft' : 'bg-bad-soft'}`}
    >
      <p className="flex flex-wrap items-baseline gap-x-3">
        <Status tone={challenged ? 'warn' : 'bad'}>{challenged ? 'Challenged' : 'Refused'}</Status>
        <code className="font-medium">{refusal.reason ?? refusal.error}</code>
        {row && <span className="text-muted text-sm">{row.clause}</span>}
      </p>
      <p className="text-sm">{refusal.sentence ?? row?.says ?? refusal.error}</p>
      {found?.expected !== undefined && found.received !== undefined && (
        <Difference expected={found.expected} received={found.received} />
      )}
      {found?.hint && <p className="text-sm">{found.hint}</p>}
      {challenged && (
        <p className="text-sm">
          Nothing was spent. The nonce came in DPoP-Nonce, and the same request follows with a new proof.
        </p>
      )}
    </section>
  )
}
