import type { JsonObject } from '../parse-json-object.ts'
import { type Finding, fail, kindOf, PASS } from '../verdict.ts'
import type { ProofPolicy } from './proof-policy.ts'

/** Every claim that RFC 9449 §4.2 requires, and of the optional ones those present, each of its type and within its length. Says nothing about values. */
export function requiredClaims(claims: JsonObject, policy: ProofPolicy): Finding {
  const { jti, htm, htu, iat, nonce, ath, exp, nbf } = claims
  if (!isText(jti)) return wrong('jti', 'text that is not empty', jti)
  if (jti.length > policy.maxJti) return tooLong('jti', policy.maxJti, jti)
  if (!isText(htm)) return wrong('htm', 'the method, text', htm)
  if (!isText(htu)) return wrong('htu', 'the URL, text', htu)
  if (!isTime(iat)) return wrong('iat', 'seconds since 1970, a number', iat)
  if (nonce !== undefined && typeof nonce !== 'string') return wrong('nonce', 'text', nonce)
  if (nonce !== undefined && nonce.length > policy.maxNonce) return tooLong('nonce', policy.maxNonce, nonce)
  if (ath !== undefined && typeof ath !== 'string') return wrong('ath', 'text', ath)
  if (exp !== undefined && !isTime(exp)) return wrong('exp', 'seconds since 1970, a number', exp)
  if (nbf !== undefined && !isTime(nbf)) return wrong('nbf', 'seconds since 1970, a number', nbf)
  return PASS
}

/** A lone surrogate is no Unicode text: a database driver may refuse it, and two of them may become one replacement character. */
function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.isWellFormed()
}

/** A NumericDate. JSON.parse makes Infinity of 1e400. */
export function isTime(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && Number.isFinite(value)
}

function wrong(claim: string, expected: string, value: unknown): Finding {
  return fail(`The claim ${claim} is ${value === undefined ? 'missing' : 'not usable'}.`, {
    expected,
    received: kindOf(value),
  })
}

function tooLong(claim: string, limit: number, text: string): Finding {
  return fail(`The claim ${claim} is too long.`, {
    expected: `at most ${limit} characters`,
    received: `${text.length}`,
  })
}
