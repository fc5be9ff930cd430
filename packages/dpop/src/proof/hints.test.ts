import { testKeys } from '@keybound/testkit'
import { describe, expect, test } from 'vitest'
import type { CheckId } from '../checks.ts'
import { signerFromJwk } from '../key/signer.ts'
import { createNonces } from '../nonce/nonces.ts'
import { type ForgedProof, forgeProof } from '../testing/forge-proof.ts'
import { accessTokenHash } from './access-token-hash.ts'
import { checkProof } from './check-proof.ts'
import { type ExpectedOfExplanation, explainProof } from './explain-proof.ts'
import { defaultProofPolicy } from './proof-policy.ts'

const now = 1_800_000_000
const signer = await signerFromJwk(testKeys.ES256.privateJwk)
const request = { method: 'GET', url: 'https://rs.example/api/profile', accessToken: 'abc' }
const ath = await accessTokenHash('abc')

async function rowOf(id: CheckId, parts: Partial<ForgedProof>, change: ExpectedOfExplanation = {}) {
  const value = String(await forgeProof(signer, { ...request, now, ...parts }))
  const { checks } = await explainProof(value, { ...request, now, policy: defaultProofPolicy, ...change })
  return checks.find((check) => check.id === id)
}

describe('the likely cause is said', () => {
  const padded = `${ath}=`
  const standard = ath.replaceAll('-', '+').replaceAll('_', '/')
  const cases: [string, CheckId, Partial<ForgedProof>, RegExp, ExpectedOfExplanation?][] = [
    [
      'clocks that differ, the client behind',
      'iat.window',
      { claims: { iat: now - 3600 } },
      /3600 s ago, or the clock of the client is 3600 s behind/,
    ],
    ['clocks that differ, the client ahead', 'iat.window', { claims: { iat: now + 90 } }, /90 s ahead/],
    ['milliseconds', 'iat.window', { defect: 'iat-ms' }, /milliseconds/],
    [
      'https in the proof, http configured',
      'htu.match',
      {},
      /proxy in front\? Set the public URL/,
      { url: 'http://rs.example/api/profile' },
    ],
    ['http in the proof, https configured', 'htu.match', { defect: 'htu-http' }, /configured as https/],
    ['a query in htu', 'htu.match', { defect: 'htu-with-query' }, /query or a fragment/],
    ['a fragment in htu', 'htu.match', { claims: { htu: `${request.url}#top` } }, /query or a fragment/],
    ['a public URL that is none', 'htu.match', {}, /Set the public URL/, { url: 'rs.example' }],
    ['a trailing slash too many', 'htu.match', { defect: 'htu-trailing-slash' }, /trailing slash/],
    ['a trailing slash too few', 'htu.match', {}, /trailing slash/, { url: `${request.url}/` }],
    [
      'the case of the path',
      'htu.match',
      { claims: { htu: 'https://rs.example/API/profile' } },
      /case of the path/,
    ],
    ['another server', 'htu.match', { defect: 'htu-other-host' }, /another server/],
    [
      'a prefix that a gateway strips',
      'htu.match',
      { claims: { htu: 'https://rs.example/v1/api/profile' } },
      /gateway/,
    ],
    [
      'a prefix that a gateway adds',
      'htu.match',
      { claims: { htu: 'https://rs.example/profile' } },
      /gateway/,
    ],
    ['a method in lower case', 'htm.match', { defect: 'htm-lower' }, /case-sensitive/],
    ['DER', 'sig.valid', { defect: 'sig-der' }, /DER/],
    ['ath in hex', 'ath.match', { defect: 'ath-hex' }, /hex/],
    ['ath padded', 'ath.match', { claims: { ath: padded } }, /padded/],
    ['ath padded twice', 'ath.match', { claims: { ath: `${padded}=` } }, /padded/],
    ['ath missing', 'ath.match', { defect: 'ath-missing' }, /needs a proof with its hash/],
    ['another JWT as a proof', 'typ.dpop', { defect: 'typ-jwt' }, /ID token/],
    [
      'a nonce of another server',
      'nonce.match',
      { nonce: 'foreign' },
      /authorization server/,
      { nonces: createNonces({ secret: 'x'.repeat(32) }) },
    ],
    ['a private key sent in the open', 'jwk.public', { defect: 'jwk-private' }, /replace this key/],
    ['a kid instead of a key', 'jwk.public', { defect: 'jwk-kid-only' }, /a kid is not enough/],
    ...(standard === ath
      ? []
      : [
          ['ath in standard base64', 'ath.match', { claims: { ath: standard } }, /standard base64/] as [
            string,
            CheckId,
            Partial<ForgedProof>,
            RegExp,
          ],
        ]),
  ]
  test.each(cases)('%s', async (_, id, parts, hint, change) => {
    expect((await rowOf(id, parts, change))?.hint).toMatch(hint)
  })

  test('and none is made up where there is none', async () => {
    expect(await rowOf('ath.match', { defect: 'ath-other' })).not.toHaveProperty('hint')
    expect(await rowOf('htm.match', { defect: 'htm-other' })).not.toHaveProperty('hint')
    expect(await rowOf('sig.valid', { defect: 'sig-other-key' })).not.toHaveProperty('hint')
    expect(
      await rowOf('htu.match', { claims: { htu: 'https://rs.example/other/place' } }),
    ).not.toHaveProperty('hint')
    for (const [scheme, said, configured] of [
      ['http', 'https:', 'http:'],
      ['https', 'http:', 'https:'],
    ]) {
      const claimed = { claims: { htu: `${scheme}://rs.example/${said}` } }
      const change = { url: `${scheme}://rs.example/${configured}` }
      expect(await rowOf('htu.match', claimed, change)).not.toHaveProperty('hint')
    }
    expect(await rowOf('typ.dpop', { header: { typ: 'at+jwt' } })).not.toHaveProperty('hint')
    expect(await rowOf('htu.match', {})).not.toHaveProperty('hint')
  })
})

test('the hint goes on the wire behind the sentence, in the characters a description may have', async () => {
  const proof = String(await forgeProof(signer, { ...request, now, claims: { iat: now - 3600 } }))
  const refused = await checkProof(proof, { ...request, now, policy: defaultProofPolicy }).catch(
    (error: unknown) => error,
  )
  const { description } = refused as { description: string }
  expect(description).toMatch(/^iat\.window: The proof is too old\. The proof was made 3600 s ago/)
  expect(description).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/)
})

describe('nothing secret is shown', () => {
  test('a token in the query or userinfo of htu does not appear', async () => {
    for (const htu of [
      'https://rs.example/x?access_token=hunter2',
      'https://rs.example/x#hunter2',
      'https://u:hunter2@rs.example/',
      'nonsense?hunter2',
      '//a@hunter2@b/',
    ]) {
      const row = await rowOf('htu.match', { claims: { htu } })
      expect(row?.status).toBe('fail')
      expect(JSON.stringify(row)).not.toContain('hunter2')
    }
  })

  test('what is received is cut short', async () => {
    for (const [id, parts] of [
      ['typ.dpop', { header: { typ: 'x'.repeat(500) } }],
      ['alg.allowed', { header: { alg: 'x'.repeat(500) } }],
      ['crit.none', { header: { crit: ['x'.repeat(500)] } }],
      ['htm.match', { claims: { htm: 'x'.repeat(500) } }],
      ['htu.match', { claims: { htu: `https://x/${'x'.repeat(500)}` } }],
      ['claims.required', { claims: { iat: 'x'.repeat(500) } }],
    ] as const) {
      expect((await rowOf(id, parts))?.received?.length, id).toBeLessThanOrEqual(90)
    }
  })
})
