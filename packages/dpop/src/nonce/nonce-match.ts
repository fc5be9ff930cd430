import { challenge, type Finding, shown } from '../verdict.ts'
import type { Nonces } from './nonces.ts'

/** A nonce of this server, of late. Anything else is answered with a new one (RFC 9449 §8, §9), never counted as a bad proof. */
export async function nonceMatch(nonce: string | undefined, nonces: Nonces, now: number): Promise<Finding> {
  if (nonce === undefined) {
    return challenge('The proof needs a nonce.', { expected: 'a nonce of this server', received: 'nothing' })
  }
  const finding = await nonces.check(nonce, now)
  if (finding.live) return { status: 'pass', until: finding.until }
  return finding.because === 'stale'
    ? challenge('The nonce is too old.', {
        expected: 'a recent nonce of this server',
        received: shown(nonce),
      })
    : challenge('The nonce is not one of this server.', {
        expected: 'a nonce of this server',
        received: shown(nonce),
        hint: 'Nonces are kept per server: the one of the authorization server is of no use at a resource, and the reverse.',
      })
}
