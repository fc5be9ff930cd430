import { sha256 } from '@noble/hashes/sha2.js'
import type { Exchange, HeaderLines } from './exchange.ts'

const jwt = /\beyJ[\w-]*(?:\.[\w-]*){1,4}/g
// Long enough to leave names such as code_challenge_method alone.
const opaque = /\b(?:code|rt|at|ws|cs|rat|se|br|txn)_[\w-]{22,}|\burn:ietf:params:oauth:request_uri:[\w-]+/g
const names =
  'code|code_verifier|refresh_token|access_token|id_token|id_token_hint|client_assertion|client_secret|token|password'
const parameters = new RegExp(`\\b(${names})=([^&\\s]+)`, 'g')
const members = new RegExp(`"(${names})"(\\s*:\\s*)"([^"]+)"`, 'g')
const mark = /^sha256:[\w-]{16}$/

/**
 * The exchange without tokens, proofs, codes, verifiers, passwords and cookies: of each remains the beginning of its hash, so that equal ones are still seen
 * to be equal, and an access token can be compared with the `ath` of a proof. For exports, shares, logs, and pages that a server renders.
 */
export function redact(exchange: Exchange): Exchange {
  const { request, response } = exchange
  return {
    ...exchange,
    request: { ...request, url: redactText(request.url), ...redactMessage(request) },
    ...(response && { response: { ...response, ...redactMessage(response) } }),
  }
}

/** The same for any text: JWTs, our opaque values by their prefixes, form parameters and JSON members by their names. */
export function redactText(text: string): string {
  return text
    .replace(parameters, (_, name: string, value: string) => `${name}=${hashOf(decode(value))}`)
    .replace(
      members,
      (_, name: string, colon: string, value: string) => `"${name}"${colon}"${hashOf(value)}"`,
    )
    .replace(jwt, hashOf)
    .replace(opaque, hashOf)
}

/** Whether the text stands for a secret that was taken out. */
export function isRedacted(text: string): boolean {
  return mark.test(text)
}

function redactMessage({ headers, body }: { headers: HeaderLines; body?: string }) {
  return {
    headers: headers.map(([name, value]) => [name, redactHeader(name.toLowerCase(), value)] as const),
    ...(body === undefined ? {} : { body: redactText(body) }),
  }
}

function redactHeader(name: string, value: string): string {
  if (name === 'authorization') return value.replace(/(?<=^\S+\s+)\S.*$/, hashOf)
  if (name === 'dpop') return value.replace(/[^\s,]+/g, hashOf)
  if (name === 'cookie' || name === 'set-cookie') return value.replace(/(?<=(?:^|;\s*)[^=;]+=)[^;]+/g, hashOf)
  return redactText(value)
}

/** As base64url, like an `ath`. */
function hashOf(secret: string): string {
  if (mark.test(secret)) return secret
  const octets = sha256(new TextEncoder().encode(secret))
  const base64 = btoa(String.fromCharCode(...octets))
  return `sha256:${base64.replaceAll('+', '-').replaceAll('/', '_').slice(0, 16)}`
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}
