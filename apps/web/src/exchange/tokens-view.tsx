import type { Exchange } from '@keybound/exchange'
import { CodeBox } from '../components/code-box.tsx'
import { Status } from '../components/status.tsx'
import { type TokenPart, tokenParts } from './token-parts.ts'

/** What the exchange carried, and to which key it is bound. They stay in this page. */
export function TokensView({ exchange, jkt }: { exchange: Exchange; jkt: string | undefined }) {
  const parts = tokenParts(exchange)
  if (parts.length === 0)
    return <p className="text-muted text-sm">No token travelled in this request or its answer.</p>
  return (
    <div className="grid gap-3">
      {parts.map((part) => (
        <Token key={part.place} part={part} jkt={jkt} />
      ))}
      <p className="text-muted text-sm">Tokens live in this page’s memory only: a reload drops them.</p>
    </div>
  )
}

function Token({ part, jkt }: { part: TokenPart; jkt: string | undefined }) {
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
