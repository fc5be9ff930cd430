import { createHash } from 'node:crypto'
import { keyOf } from './key-of.ts'
import { sameUri } from './same-uri.ts'
import { signatureVerifies } from './signature-verifies.ts'

/** What the server that received the proof knows. Times are NumericDates in seconds. */
export interface OracleExpectation {
  readonly method: string
  readonly url: string
  /** Present at a protected resource: the token sent along. */
  readonly accessToken?: string
  /** The thumbprint that the access token is bound to, where the question is asked. */
  readonly boundTo?: string
  /** The nonce values that the server supplied lately; undefined where it uses none. */
  readonly nonces?: ReadonlySet<string>
  readonly now: number
  /** How far iat may lie back and ahead. */
  readonly back: number
  readonly ahead: number
}

export type OracleJudgement =
  | { readonly accepted: true; readonly jkt: string; readonly jti: string }
  | { readonly accepted: false; readonly clause: string }

/**
 * A second judge of DPoP proofs, written from the twelve points of RFC 9449 §4.3 alone and with node:crypto alone: it shares no
 * line with @keybound/dpop, so that the two cannot share a bug. It is laxer where the RFC is silent and Keybound has a policy
 * (sizes, typ-independent limits, exp and nbf, duplicate members, weak keys): what Keybound accepts this must accept, not the reverse.
 *
 * Does not check: that the jti is new. Never throws for any text.
 * @see RFC 9449 §4.3
 */
export function judgeProof(field: string, expected: OracleExpectation): OracleJudgement {
  const no = (clause: string): OracleJudgement => ({ accepted: false, clause })
  // 1, 2. One field with one compact JWS in it.
  const parts = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)$/.exec(field)
  if (!parts) return no('4.3 (2)')
  const [, protectedHeader = '', payload = '', signature = ''] = parts
  const header = jsonObject(protectedHeader)
  const claims = jsonObject(payload)
  if (!header || !claims) return no('4.3 (2)')
  if ('crit' in header) return no('RFC 7515 4.1.11')
  // 3. The claims of 4.2.
  const { jti, htm, htu, iat, ath, nonce } = claims
  if (typeof jti !== 'string' || jti === '') return no('4.3 (3)')
  if (typeof htm !== 'string' || typeof htu !== 'string') return no('4.3 (3)')
  if (typeof iat !== 'number' || !Number.isFinite(iat)) return no('4.3 (3)')
  // 4.
  if (header.typ !== 'dpop+jwt') return no('4.3 (4)')
  // 5, 7. An asymmetric algorithm and a public key that belongs to it.
  const key = keyOf(header.alg, header.jwk)
  if (typeof key === 'string') return no(key)
  // 6.
  if (!signatureVerifies(key, `${protectedHeader}.${payload}`, signature)) return no('4.3 (6)')
  // 8, 9.
  if (htm !== expected.method) return no('4.3 (8)')
  if (!sameUri(htu, expected.url)) return no('4.3 (9)')
  // 10.
  if (expected.nonces && !(typeof nonce === 'string' && expected.nonces.has(nonce))) return no('4.3 (10)')
  // 11.
  if (!(iat >= expected.now - expected.back && iat <= expected.now + expected.ahead)) return no('4.3 (11)')
  // 12.
  if (expected.accessToken !== undefined && ath !== sha256(expected.accessToken)) return no('4.3 (12a)')
  if (expected.boundTo !== undefined && expected.boundTo !== key.jkt) return no('4.3 (12b)')
  return { accepted: true, jkt: key.jkt, jti }
}

function jsonObject(part: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(
      new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(part, 'base64url')),
    )
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('base64url')
}
