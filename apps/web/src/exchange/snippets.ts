import { type Exchange, headerOf } from './exchange.ts'

/** The exchange as a curl command. In a copy for others, redact the exchange first. */
export function toCurl(exchange: Exchange): string {
  const { method, url, headers, body } = exchange.request
  const lines = [`curl -i ${method === 'GET' ? '' : `-X ${method} `}${quote(url)}`]
  for (const [name, value] of headers) lines.push(`  -H ${quote(`${name}: ${value}`)}`)
  if (body !== undefined) lines.push(`  --data-raw ${quote(body)}`)
  return lines.join(' \\\n')
}

/** The same request by the client of @keybound/dpop: what makes the proof is the key, not the text of one. */
export function toTypeScript(exchange: Exchange): string {
  const { method, url, headers, body } = exchange.request
  const authorization = headerOf(headers, 'authorization') ?? ''
  const dpop = headerOf(headers, 'dpop') !== undefined
  const bound = /^dpop /i.test(authorization)
  const init = [
    ...(method === 'GET' ? [] : [`method: '${method}'`]),
    ...(dpop || authorization === '' ? [] : [`headers: { authorization: \`Bearer \${accessToken}\` }`]),
    ...(body === undefined ? [] : [`body: ${formLiteral(body)}`]),
  ]
  const request = init.length === 0 ? `'${url}'` : `new Request('${url}', {\n${indent(init)}\n})`
  if (!dpop) return `const response = await fetch(${request})\n`
  return [
    `import { createNonceCache, dpopFetch, generateKey } from '@keybound/dpop/client'`,
    '',
    `const key = await generateKey('ES256')`,
    'const nonces = createNonceCache()',
    `const response = await dpopFetch(${request}, { key${bound ? ', accessToken' : ''}, nonces })`,
    '',
  ].join('\n')
}

export function toJson(exchange: Exchange): string {
  return JSON.stringify(exchange, null, 2)
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}

function formLiteral(body: string): string {
  const entries = Array.from(
    new URLSearchParams(body),
    ([name, value]) => `    ${name}: ${JSON.stringify(value)},`,
  )
  return `new URLSearchParams({\n${entries.join('\n')}\n  })`
}

function indent(lines: readonly string[]): string {
  return lines.map((line) => `  ${line},`).join('\n')
}
