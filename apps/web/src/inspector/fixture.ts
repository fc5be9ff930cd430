import type { ExampleRequest } from './example-request.ts'

/** A test case for somebody's own verifier: the request, what is known about it, and what has to come of it. */
export function fixtureOf(example: ExampleRequest): object {
  const { defect, expect, method, url, accessToken, nonce, now, publicJwk, proofs } = example
  return {
    name: defect ?? 'good',
    expect: expect === 'accepted' ? { outcome: 'accepted' } : { outcome: outcomeOf(expect), check: expect },
    request: {
      method,
      url,
      headers: [['Authorization', `DPoP ${accessToken}`], ...proofs.map((proof) => ['DPoP', proof])],
    },
    known: { now, nonce, publicJwk, policy: { lifetime: 10, tolerance: 10 } },
    ...(defect === 'jti-replayed' && { send: 'twice: the second time it has to be refused' }),
  }
}

function outcomeOf(check: string): string {
  return check === 'nonce.match' ? 'challenged' : 'rejected'
}
