import type { Exchange } from '@keybound/exchange'
import { age } from '../components/age.ts'
import { CodeBox } from '../components/code-box.tsx'
import { Moment } from '../components/moment.tsx'
import { Status } from '../components/status.tsx'
import { type TokenPart, tokenParts } from './token-parts.ts'

/** What the exchange carried, and to which key it is bound. They stay in this page. */
export function TokensView({ exchange, jkt }: { exchange: Exchange; jkt: string | undefined }) {
  const parts = tokenParts(exchange)
  const at = exchange.timings.sentAt
  if (parts.length === 0)
    return <p className="text-muted text-sm">No token travelled in this request or its answer.</p>
  return (
    <div className="grid gap-3">
      {parts.map((part) => (
        <Token key={part.place} part={part} jkt={jkt} at={at} />
      ))}
      <p className="text-muted text-sm">Tokens live in this page’s memory only: a reload drops them.</p>
    </div>
  )
}

function Token({ part, jkt, at }: { part: TokenPart; jkt: string | undefined; at: number }) {
  return (
    <div className="grid gap-2">
      <CodeBox label={<span className="text-text">{part.place}</span>}>{part.text}</CodeBox>
      {part.boundTo !== undefined && (
        <p className="flex flex-wrap items-baseline gap-x-3 text-sm">
          <Status tone={part.boundTo === jkt ? 'ok' : 'bad'}>
            {part.boundTo === jkt ? 'bound to your key' : 'bound to another key'}
          </Status>
          <code className="[overflow-wrap:anywhere]">{part.boundTo}</code>
        </p>
      )}
      {typeof part.claims?.exp === 'number' && (
        <p className="text-muted text-sm">
          Ends {age(part.claims.exp - at)} after this request, at <Moment at={part.claims.exp} />.
        </p>
      )}
      {part.claims && (
        <details className="text-sm">
          <summary>Its claims</summary>
          <div className="pt-2">
            <CodeBox>{JSON.stringify(part.claims, null, 2)}</CodeBox>
          </div>
        </details>
      )}
    </div>
  )
}
