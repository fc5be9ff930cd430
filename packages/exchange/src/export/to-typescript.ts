import { type Exchange, headerOf } from '../exchange.ts'
import { isRedacted } from '../redact.ts'

/**
 * The same request as a program for Node with the client of @keybound/dpop: what makes the proof is the key, not the text of one.
 *
 * The key is no part of an exchange: a request with a bound token takes it from DPOP_KEY, as a private JWK. Secrets that were taken out
 * are read from the environment too.
 */
export function toTypeScript(exchange: Exchange): string {
  const { method, url, headers } = exchange.request
  const [scheme = '', token] = (headerOf(headers, 'authorization') ?? '').split(/\s+/, 2)
  const bound = /^dpop$/i.test(scheme)
  const proved = headerOf(headers, 'dpop') !== undefined
  const init = [
    ...(method === 'GET' ? [] : [`  method: ${literal(method)},`]),
    ...headerMembers(exchange, bound),
    ...bodyMembers(exchange),
  ]
  const request = init.length === 0 ? literal(url) : `new Request(${literal(url)}, {\n${init.join('\n')}\n})`
  const lines = proved ? [importOf(bound), keyLine(bound)] : []
  if (bound) lines.push(`const accessToken = ${secret(token ?? '', 'ACCESS_TOKEN')}`)
  const options = `{ key, ${bound ? 'accessToken, ' : ''}nonces: createNonceCache() }`
  lines.push(
    proved
      ? `const response = await dpopFetch(${request}, ${options})`
      : `const response = await fetch(${request})`,
    'console.log(response.status, await response.text())',
    '',
  )
  return lines.some((line) => /\benv\./.test(line))
    ? [`import { env } from 'node:process'`, ...lines].join('\n')
    : lines.join('\n')
}

function importOf(bound: boolean): string {
  const names = ['createNonceCache', 'dpopFetch', bound ? 'signerFromJwk' : 'generateKey']
  return `import { ${names.join(', ')} } from '@keybound/dpop/client'\n`
}

function keyLine(bound: boolean): string {
  return bound
    ? `// The private key that the token is bound to.\nconst key = await signerFromJwk(JSON.parse(env.DPOP_KEY ?? ''))`
    : `const key = await generateKey('ES256')`
}

function headerMembers({ request }: Exchange, bound: boolean): string[] {
  const lines = request.headers.flatMap(([name, value]) => {
    const lower = name.toLowerCase()
    if (!carried.has(lower) || (lower === 'authorization' && bound)) return []
    if (lower === 'content-type' && isForm(request)) return []
    if (lower !== 'authorization') return [`    ${literal(lower)}: ${literal(value)},`]
    const [scheme = '', credentials = ''] = value.split(/\s+/, 2)
    const text = isRedacted(credentials) ? `\`${scheme} \${env.CREDENTIALS}\`` : literal(value)
    return [`    authorization: ${text},`]
  })
  return lines.length === 0 ? [] : ['  headers: {', ...lines, '  },']
}

/** What a client chooses; dpopFetch and fetch set the rest. */
const carried = new Set(['accept', 'authorization', 'content-type', 'if-match'])

function bodyMembers({ request }: Exchange): string[] {
  if (request.body === undefined) return []
  if (!isForm(request)) return [`  body: ${literal(request.body)},`]
  const entries = Array.from(
    new URLSearchParams(request.body),
    ([name, value]) => `    [${literal(name)}, ${secret(value, name.toUpperCase())}],`,
  )
  return ['  body: new URLSearchParams([', ...entries, '  ]),']
}

function isForm({ headers }: Exchange['request']): boolean {
  return (headerOf(headers, 'content-type') ?? '').startsWith('application/x-www-form-urlencoded')
}

function secret(value: string, variable: string): string {
  return isRedacted(value) ? `env.${variable.replaceAll(/\W/g, '_')} ?? ''` : literal(value)
}

function literal(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
}
