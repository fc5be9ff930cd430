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
    <div className="grid gap-2">
      <CodeBox label={`To ${url.origin}`}>
        <strong className="font-semibold">
          {request.method} {url.pathname + url.search}
        </strong>
        <Lines headers={request.headers.filter(isTelling)} />
        {request.body !== undefined && `\n\n${form ? formText(request.body) : pretty(request.body)}`}
      </CodeBox>
      <OtherLines headers={request.headers} />
    </div>
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
        <Lines headers={response.headers.filter(isTelling)} />
        {response.body !== undefined && `\n\n${pretty(response.body)}`}
      </CodeBox>
      <OtherLines headers={response.headers} />
      {inBrowser && (
        <p className="text-muted text-sm">A page sees only the headers that the server exposes to it.</p>
      )}
    </div>
  )
}

/** The headers that tell about the flow; a browser and a careful server send many more. */
const telling = [
  'authorization',
  'dpop',
  'content-type',
  'dpop-nonce',
  'www-authenticate',
  'location',
  'allow',
]

function isTelling([name]: HeaderLines[number]): boolean {
  return telling.includes(name.toLowerCase())
}

function Lines({ headers }: { headers: HeaderLines }) {
  return headers.map(([name, value]) => (
    <span key={`${name}: ${value}`}>
      {'\n'}
      <span className="text-muted">{name}:</span> {value}
    </span>
  ))
}

/** Everything else that stood in the head of the message. */
function OtherLines({ headers }: { headers: HeaderLines }) {
  const others = headers.filter((line) => !isTelling(line))
  if (others.length === 0) return null
  return (
    <details className="rounded-lg border text-sm">
      <summary className="px-3 py-1.5 text-muted">{others.length} more headers</summary>
      <pre className="whitespace-pre-wrap border-t px-3 py-2 leading-6 [overflow-wrap:anywhere]">
        {others.map(([name, value]) => `${name}: ${value}`).join('\n')}
      </pre>
    </details>
  )
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
