import type { JsonObject } from '../parse-json-object.ts'
import { type Finding, fail, PASS } from '../verdict.ts'
import { iatWindow } from './proof-expiry.ts'
import type { ProofPolicy } from './proof-policy.ts'
import { isTime } from './required-claims.ts'

/**
 * The proof was made recently, and is not outside the exp and nbf it may give itself. `iatCounts` is false where the nonce's own time
 * stands in for iat (RFC 9449 §11.1); exp and nbf are honoured all the same.
 */
export function timeWindow(
  iat: number,
  claims: JsonObject,
  now: number,
  policy: ProofPolicy,
  iatCounts: boolean,
): Finding {
  const { earliest, latest } = iatWindow(now, policy)
  if (iatCounts && !(iat >= earliest && iat <= latest)) {
    return fail(iat < earliest ? 'The proof is too old.' : 'The proof is dated ahead.', {
      expected: `${earliest} to ${latest}`,
      received: String(iat),
      hint: hintFor(iat, now),
    })
  }
  if (isTime(claims.exp) && claims.exp <= now) {
    return fail('The exp of the proof has passed.', {
      expected: `later than ${now}`,
      received: String(claims.exp),
    })
  }
  if (isTime(claims.nbf) && claims.nbf > latest) {
    return fail('The nbf of the proof has not come.', {
      expected: `at most ${latest}`,
      received: String(claims.nbf),
    })
  }
  return PASS
}

function hintFor(iat: number, now: number): string {
  const seconds = Math.round(Math.abs(now - iat))
  if (Math.abs(iat / 1000 - now) < 86_400) return 'iat looks like milliseconds; it is in seconds.'
  return iat < now
    ? `The proof was made ${seconds} s ago, or the clock of the client is ${seconds} s behind that of the server.`
    : `The clock of the client is ${seconds} s ahead of that of the server, or the proof was made in advance.`
}
