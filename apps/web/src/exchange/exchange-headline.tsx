import { type Exchange, refusalOf } from '@keybound/exchange'
import { Status, type Tone } from '../components/status.tsx'

/** One line that says what happened: method, path, status and, where it was refused, by which check. */
export function ExchangeHeadline({ exchange }: { exchange: Exchange }) {
  const { tone, text } = outcomeOfExchange(exchange)
  return (
    <p className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5">
      <code className="[overflow-wrap:anywhere]">
        {exchange.request.method} {pathOf(exchange)}
      </code>
      <Status tone={tone}>{text}</Status>
    </p>
  )
}

/** In the lab each visitor has servers of their own, under an id that says nothing to anybody. */
function pathOf({ request }: Exchange): string {
  return new URL(request.url).pathname.replace(/^\/w\/[\w-]+(?=\/)/, '')
}

export function outcomeOfExchange(exchange: Exchange): { tone: Tone; text: string } {
  const { response } = exchange
  if (response === undefined) return { tone: 'bad', text: 'no answer' }
  const refusal = refusalOf(exchange)
  if (refusal === undefined)
    return { tone: response.status < 400 ? 'ok' : 'bad', text: String(response.status) }
  const by = refusal.reason ? `, ${refusal.reason}` : ''
  const tone = refusal.error === 'use_dpop_nonce' ? 'warn' : 'bad'
  return { tone, text: `${response.status} ${refusal.error}${by}` }
}
