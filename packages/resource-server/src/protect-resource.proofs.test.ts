import { describe, expect, test } from 'vitest'
import {
  claimRows,
  headerRows,
  nonceRows,
  type ProofRow,
  signatureRows,
  textRows,
} from '../test/proof-rows.ts'
import { alice, protectedProfile } from '../test/protected-profile.ts'
import { resource } from '../test/test-issuer.ts'

/** Refused by the named check as RFC 9449 wants it, with nothing spent and the next good proof served; or accepted. */
async function proves({ expected, make }: ProofRow, nonces: boolean): Promise<void> {
  const profile = protectedProfile({ nonces })
  const token = await profile.token()
  const nonce = await profile.nonce()
  const proof = await make({
    signer: alice,
    url: resource,
    accessToken: token,
    nonce,
    now: profile.clock.now(),
  })
  const { status, body, challenges, check, headers } = await profile.send({ token, proof })
  if (expected === 'accepted') {
    expect(status).toBe(200)
    return
  }
  const checks: readonly string[] = typeof expected === 'string' ? [expected] : expected
  expect(checks).toContain(check)
  expect(status).toBe(401)
  const error =
    expected === 'nonce.match' || body.error === 'use_dpop_nonce' ? 'use_dpop_nonce' : 'invalid_dpop_proof'
  expect(body.error).toBe(error)
  expect(challenges).toMatchObject([{ scheme: 'DPoP', params: { error, algs: 'ES256 PS256 Ed25519 EdDSA' } }])
  expect(headers.has('dpop-nonce')).toBe(error === 'use_dpop_nonce')
  expect(profile.spent()).toBe(0)
  expect((await profile.send({ token, proof: await profile.proof(token) })).status).toBe(200)
}

describe.each([
  ['with nonces', true],
  ['without nonces', false],
])('%s', (_, nonces) => {
  describe.each([
    ['the text', textRows],
    ['the header', headerRows],
    ['the signature', signatureRows],
    ['the claims', claimRows],
  ])('%s', (_part, rows) => {
    for (const row of rows) test(row.title, () => proves(row, nonces))
  })
})

describe('the nonce', () => {
  for (const row of nonceRows) test(row.title, () => proves(row, true))
})

test('nothing of it has changed a prototype (P-017)', async () => {
  const profile = protectedProfile()
  const token = await profile.token()
  const segment = (json: string) => btoa(json).replaceAll('=', '')
  for (const json of ['{"__proto__":{"polluted":1}}', '{"constructor":{"prototype":{"polluted":1}}}']) {
    await profile.send({ token, proof: `${segment(json)}.${segment(json)}.AAAA` })
  }
  expect('polluted' in {}).toBe(false)
})
