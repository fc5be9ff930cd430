import { requirement, testKeys } from '@keybound/testkit'
import rfc7638 from '@keybound/testkit/vectors/rfc7638.json' with { type: 'json' }
import rfc9449 from '@keybound/testkit/vectors/rfc9449.json' with { type: 'json' }
import { calculateJwkThumbprint } from 'jose'
import { describe, expect, test } from 'vitest'
import { algFor, parseJkt, thumbprint } from './thumbprint.ts'

describe('thumbprint', () => {
  requirement('DPOP-6.1-01', "is that of the RFC's own keys", async () => {
    expect(await thumbprint(rfc9449.key.publicJwk)).toBe(rfc9449.key.jkt)
    expect(await thumbprint({ ...rfc7638.publicJwk, alg: 'RS256' })).toBe(rfc7638.jkt)
  })

  test.each(Object.values(testKeys))(
    "is jose's, whatever other members there are ($alg)",
    async ({ jkt, publicJwk, privateJwk }) => {
      expect(await thumbprint({ kid: 'x', use: 'sig', ...publicJwk })).toBe(jkt)
      expect(await thumbprint(privateJwk)).toBe(await calculateJwkThumbprint(publicJwk))
    },
  )

  test('throws a TypeError for a key that could not sign proofs', async () => {
    for (const jwk of [
      { kty: 'oct', k: 'AA' },
      { kty: 'OKP', crv: 'X25519', x: 'AA' },
      { kty: 'EC', crv: 'secp256k1' },
      {},
    ]) {
      await expect(thumbprint(jwk)).rejects.toThrow(TypeError)
    }
    await expect(thumbprint({ ...testKeys.ES256.publicJwk, x: 'AA' })).rejects.toThrow(TypeError)
  })
})

requirement('DPOP-10-04', 'a thumbprint from the wire has 43 characters of canonical base64url', () => {
  const { jkt } = testKeys.ES256
  expect(parseJkt(jkt)).toBe(jkt)
  for (const bad of [
    undefined,
    null,
    1,
    '',
    jkt.slice(1),
    `${jkt}A`,
    `${jkt}=`,
    `${jkt.slice(0, -1)}+`,
    `${'A'.repeat(42)}B`,
    [jkt],
  ]) {
    expect(parseJkt(bad), String(bad)).toBeUndefined()
  }
})

test('a key that names no alg has the one of its curve', () => {
  for (const name of ['ES256', 'ES384', 'ES512', 'PS256', 'Ed25519'] as const) {
    expect(algFor(testKeys[name].publicJwk)).toBe(name)
  }
})
