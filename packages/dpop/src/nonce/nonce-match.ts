import { type Awaitable, whenReady } from '../awaitable.ts'
import { challenge, type Finding, PASS, shown } from '../verdict.ts'
import type { NonceFinding, Nonces } from './nonces.ts'

/**
 * A nonce of this server, of late unless its age is of no account. Anything else is answered with a new one (RFC 9449 §8, §9), never counted as a bad
 * proof.
 */
export function nonceMatch(
  nonce: string | undefined,
  nonces: Nonces,
  now: number,
  ageCounts = true,
): Awaitable<Finding> {
  if (nonce === undefined) {
    return challenge('The proof needs a nonce.', { expected: 'a nonce of this server', received: 'nothing' })
  }
  return whenReady(nonces.check(nonce, now), (finding) => judged(finding, nonce, ageCounts))
}

function judged(finding: NonceFinding, nonce: string, ageCounts: boolean): Finding {
  if (finding.live)
    return { status: 'pass', since: finding.since ?? Number.NEGATIVE_INFINITY, until: finding.until }
  if (finding.because === 'stale') {
    if (!ageCounts) return PASS
    return challenge('The nonce is too old.', {
      expected: 'a recent nonce of this server',
      received: shown(nonce),
    })
  }
  return challenge('The nonce is not one of this server.', {
    expected: 'a nonce of this server',
    received: shown(nonce),
    hint: 'Nonces are kept per server: the one of the authorization server is of no use at a resource, and the reverse.',
  })
}
