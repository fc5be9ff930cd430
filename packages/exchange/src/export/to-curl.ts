import type { Exchange } from '../exchange.ts'
import { traceHeader } from '../journal/trace-id.ts'

/**
 * The request as a curl command. Its proof is the one of the exchange, so the command works once, and only while that proof is fresh and unspent.
 * For others redact the exchange first.
 */
export function toCurl(exchange: Exchange): string {
  const { method, url, headers, body } = exchange.request
  const lines = [`curl -i ${method === 'GET' ? '' : `-X ${method} `}${quote(url)}`]
  for (const [name, value] of headers)
    if (isChosen(name.toLowerCase())) lines.push(`  -H ${quote(`${name}: ${value}`)}`)
  if (body !== undefined) lines.push(`  --data-raw ${quote(body)}`)
  return lines.join(' \\\n')
}

/** What the client chose: neither about the connection, nor counted by curl itself, nor a browser's word about itself and its page. */
function isChosen(name: string): boolean {
  return !unchosen.has(name) && !name.startsWith('sec-')
}

const unchosen = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'accept-encoding',
  'accept-language',
  'cache-control',
  'dnt',
  'origin',
  'pragma',
  'priority',
  'referer',
  'user-agent',
  traceHeader,
])

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
