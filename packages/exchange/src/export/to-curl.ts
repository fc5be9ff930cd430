import type { Exchange } from '../exchange.ts'

/**
 * The request as a curl command. Its proof is the one of the exchange, so the command works once, and only while that proof is fresh and unspent.
 * For others redact the exchange first.
 */
export function toCurl(exchange: Exchange): string {
  const { method, url, headers, body } = exchange.request
  const lines = [`curl -i ${method === 'GET' ? '' : `-X ${method} `}${quote(url)}`]
  for (const [name, value] of headers)
    if (!curlsOwn.has(name.toLowerCase())) lines.push(`  -H ${quote(`${name}: ${value}`)}`)
  if (body !== undefined) lines.push(`  --data-raw ${quote(body)}`)
  return lines.join(' \\\n')
}

/** About the connection, or counted by curl itself. */
const curlsOwn = new Set(['host', 'connection', 'content-length', 'transfer-encoding', 'accept-encoding'])

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
