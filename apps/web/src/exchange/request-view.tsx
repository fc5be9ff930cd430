import type { Exchange, HeaderLines } from '@keybound/exchange'
import { CodeBox } from '../components/code-box.tsx'

/** The request as it went out, a form one parameter to a line. */
export function RequestView({ exchange }: { exchange: Exchange }) {
  const { request } = exchange
  const url = new URL(request.url)
  const form = request.headers.some(
    ([name, value]) =>
      name.toLowerCase() === 'content-type' && value.startsWith('application/x-www-form-urlencoded'),
  )
  return (
    <CodeBox label={`To ${url.origin}`}>
      <strong className="font-semibold">
        {request.method} {url.pathname + url.search}
      </strong>
      <Lines headers={request.headers} />
      {request.body !== undefined && `\n\n${form ? formText(request.body) : pretty(request.body)}`}
    </CodeBox>
  )
}

/** The answer. In a browser only the headers that the server exposes can be read, and that is said. */
export function ResponseView({ exchange, inBrowser = false }: { exchange: Exchange; inBrowser?: boolean }) {
  const { response, timings, fault } = exchange
  if (response === undefined)
    return <p className="text-bad">No answer came: {fault ?? 'the connection failed'}.</p>
  return (
    <div className="grid gap-2">
      <CodeBox label={`After ${Math.round(timings.took * 1000)} ms`}>
        <strong className="font-semibold">{response.status}</strong>
        <Lines headers={response.headers} />
        {response.body !== undefined && `\n\n${pretty(response.body)}`}
      </CodeBox>
      {inBrowser && (
        <p className="text-muted text-sm">A page sees only the headers that the server exposes to it.</p>
      )}
    </div>
  )
}

/** Those that are about the flow first; among equals the order of the wire. */
const telling = ['authorization', 'dpop', 'content-type', 'dpop-nonce', 'www-authenticate', 'location']

function Lines({ headers }: { headers: HeaderLines }) {
  const rank = (name: string) => telling.indexOf(name.toLowerCase()) >>> 0
  const sorted = headers.toSorted(([one], [other]) => rank(one) - rank(other))
  return sorted.map(([name, value]) => (
    <span key={`${name}: ${value}`}>
      {'\n'}
      <span className="text-muted">{name}:</span> {value}
    </span>
  ))
}

function formText(body: string): string {
  return Array.from(new URLSearchParams(body), ([name, value]) => `${name}=${value}`).join('\n&')
}

function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    return body
  }
}
