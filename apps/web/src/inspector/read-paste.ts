import { decodePayload, decodeSegment } from '../proof/decode-proof.ts'
import { jwtFault } from './jwt-fault.ts'
import type { Fault, Pasted, Placed } from './pasted.ts'
import { readCurl } from './read-curl.ts'
import { readHttp } from './read-http.ts'
import { type RequestText, requestLine } from './request-text.ts'

/**
 * Sorts out what somebody pasted: a proof, a token, both, a curl command, header lines or a raw HTTP request.
 * Never throws. Where it cannot go on it says which character is the first bad one.
 */
export function readPaste(text: string): Pasted {
  if (text.trim() === '') return { kind: 'nothing', proofs: [] }
  if (/^\s*(?:\$\s+)?curl(?:\.exe)?\s/.test(text)) return fromRequest('curl command', readCurl(text))
  const start = text.search(/\S/)
  const first = text.slice(start).split(/\r?\n/, 1)[0] ?? ''
  if (requestLine.test(first)) return fromRequest('HTTP request', readHttp(text, start))
  if (/^[\w-]+:[ \t]/.test(first)) return fromRequest('header lines', readHttp(text, start))
  return fromWords(text)
}

function fromRequest(kind: Pasted['kind'], request: RequestText): Pasted {
  const { method, url, assumed } = request
  const named = (name: string) => request.headers.filter((line) => line.name.toLowerCase() === name)
  const proofs = named('dpop').map(({ value }) => value)
  const [scheme, token] = splitCredentials(named('authorization')[0]?.value)
  const fault = request.fault ?? firstFault([...proofs, ...(token ? [token] : [])])
  return {
    kind,
    proofs: proofs.map((value) => value.text),
    ...(method && { method }),
    ...(url && { url }),
    ...(assumed && { assumed }),
    ...(scheme && { scheme }),
    ...(token && { accessToken: token.text }),
    ...(fault && { fault }),
  }
}

function splitCredentials(value: Placed | undefined): [scheme?: string, token?: Placed] {
  const [, scheme, gap, token] = /^([\w-]+)(\s+)(\S.*)$/s.exec(value?.text ?? '') ?? []
  if (value === undefined || scheme === undefined || gap === undefined || token === undefined) return []
  return [scheme.toLowerCase(), { text: token, at: value.at + scheme.length + gap.length }]
}

/** JWTs on their own: which is which their own words have to say. */
function fromWords(text: string): Pasted {
  const words = Array.from(text.matchAll(/\S+/g), (match): Placed => ({ text: match[0], at: match.index }))
  const jwts = words.filter(({ text: word }) => /^ey[\w-]*|\..*\./.test(word))
  if (jwts.length === 0) {
    const says = 'Here a JWT, a header line, a curl command or a request line would begin.'
    return { kind: 'unknown', proofs: [], fault: { at: words[0]?.at ?? 0, says } }
  }
  const tokens = jwts.filter(({ text: jwt }) => isToken(jwt))
  const [token] = tokens
  const proofs = jwts.filter((jwt) => !tokens.includes(jwt))
  const fault = firstFault(jwts)
  return {
    kind: 'JWTs',
    proofs: proofs.map((jwt) => jwt.text),
    ...(token && { accessToken: token.text }),
    ...(fault && { fault }),
  }
}

/** By typ, and where that says nothing by the claims: a proof has htm or htu and never an audience. */
function isToken(jwt: string): boolean {
  const typ = String(decodeSegment(jwt.split('.')[0] ?? '')?.typ ?? '').toLowerCase()
  if (typ === 'dpop+jwt') return false
  if (/^(application\/)?at\+jwt$/.test(typ)) return true
  const claims = decodePayload(jwt)
  return claims !== undefined && 'iss' in claims && !('htm' in claims || 'htu' in claims)
}

function firstFault(values: readonly Placed[]): Fault | undefined {
  for (const { text, at } of values) {
    const fault = jwtFault(text)
    if (fault) return { at: at + fault.at, says: fault.says }
  }
  return undefined
}
