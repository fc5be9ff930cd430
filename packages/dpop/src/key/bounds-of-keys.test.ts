import { testKeys } from '@keybound/testkit'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { signsFasterOutside } from '#signature'
import { parseBase64url } from '../base64url.ts'
import { checkProof } from '../proof/check-proof.ts'
import { createProof } from '../proof/create-proof.ts'
import { defaultProofPolicy } from '../proof/proof-policy.ts'
import { forgeProof } from '../testing/forge-proof.ts'
import { isOnCurve } from './elliptic-curves.ts'
import { generateKey, generateKeyPair } from './generate-key.ts'
import { createKeyCache } from './key-cache.ts'
import { octetsToBigint } from './octets-to-bigint.ts'
import { isProofAlg } from './proof-alg.ts'
import { publicJwkOf } from './public-jwk-of.ts'
import { rsaFault } from './rsa-key.ts'
import { signerFromJwk } from './signer.ts'
import { algFor } from './thumbprint.ts'

const { ES256, ES512, Ed25519, PS256 } = testKeys

afterEach(() => {
  vi.restoreAllMocks()
})

function octets(value: bigint, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => Number((value >> BigInt(8 * (length - 1 - index))) & 255n))
}

describe('a coordinate is smaller than the modulus, so that a point has one spelling', () => {
  const p256 = 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n
  const p521 = 2n ** 521n - 1n

  test('p is no other way to write 0', () => {
    const y = octets(0x66485c780e2f83d72433bd5d84a06bb6541c2af31dae871728bf856a174f93f4n, 32)
    expect(isOnCurve('P-256', octets(0n, 32), y)).toBe(true)
    expect(isOnCurve('P-256', octets(p256, 32), y)).toBe(false)
  })

  test('nor x + p and y + p of x and y', () => {
    const [x, y] = [ES512.publicJwk.x, ES512.publicJwk.y].map((text) =>
      octetsToBigint(parseBase64url(text ?? '') ?? new Uint8Array()),
    )
    if (x === undefined || y === undefined) throw new Error('The test key is broken')
    expect(isOnCurve('P-521', octets(x, 66), octets(y, 66))).toBe(true)
    expect(isOnCurve('P-521', octets(x + p521, 66), octets(y, 66))).toBe(false)
    expect(isOnCurve('P-521', octets(x, 66), octets(y + p521, 66))).toBe(false)
  })
})

test('an RSA exponent has at most 32 bits', () => {
  const modulus = octets(2n ** 2047n + 1n, 256)
  expect(rsaFault(modulus, octets(2n ** 32n - 1n, 4))).toBeUndefined()
  expect(rsaFault(modulus, octets(2n ** 32n + 1n, 5))).toMatchObject({ received: '5 octets' })
  expect(rsaFault(modulus, octets(65537n, 3))).toBeUndefined()
  expect(rsaFault(modulus, octets(65535n, 2))).toMatchObject({ received: '65535' })
  expect(rsaFault(modulus, octets(65538n, 3))).toMatchObject({ received: '65538' })
})

test('an alg is a name, not what can be turned into one', () => {
  expect(isProofAlg('ES256')).toBe(true)
  for (const value of [['ES256'], { toString: () => 'ES256' }, 'RS256', 'toString', undefined, null])
    expect(isProofAlg(value)).toBe(false)
})

describe('the members of a key of ours', () => {
  test('are those of its own kind', () => {
    const { n, e } = PS256.publicJwk
    const { kty, crv, x, y } = ES256.publicJwk
    expect(publicJwkOf({ ...ES256.publicJwk, n, e } as never, 'ES256')).toEqual({ kty, crv, x, y })
    const okp = publicJwkOf({ ...Ed25519.publicJwk, y: Ed25519.publicJwk.x } as never, 'Ed25519')
    expect(okp).toEqual({ kty: 'OKP', crv: 'Ed25519', x: Ed25519.publicJwk.x })
    expect(publicJwkOf({ ...PS256.publicJwk, x, y } as never, 'PS256')).toEqual({ kty: 'RSA', n, e })
  })

  test.each([
    [{ kty: 'EC', crv: 'P-256' }, 'ES256'],
    [{ kty: 'EC', crv: 'P-256', x: '=', y: '=' }, 'ES256'],
    [{ kty: 'RSA', x: 'AA', y: 'AA' }, 'PS256'],
    [{ kty: 'RSA', n: '', e: '' }, 'PS256'],
    [{ kty: 'RSA', n: 'AQ', e: 1 }, 'PS256'],
    [{ kty: 'OKP', crv: 'Ed25519', x: 'AA' }, 'Ed25519'],
  ] as const)('%j is no key for %s', (jwk, alg) => {
    expect(() => publicJwkOf(jwk as never, alg)).toThrow('Not a key for this alg')
  })

  test.each([
    { kty: 'OKP', crv: 'X25519' },
    { kty: 'OKP', crv: 'P-256' },
    { kty: 'OKP', crv: 'P-384' },
    { kty: 'OKP', crv: 'P-521' },
    { kty: 'EC', crv: 'Ed25519' },
    { kty: 'EC', crv: 'secp256k1' },
    { kty: 'oct' },
  ])('%j has no alg', (jwk) => {
    expect(() => algFor(jwk)).toThrow('Not a key for proofs')
  })
})

describe('a key that is made', () => {
  test('is one of WebCrypto for ES256 that cannot be exported, unless something else is asked for (OPS-23)', async () => {
    const { privateKey } = await generateKeyPair()
    expect([privateKey.extractable, privateKey.algorithm]).toMatchObject([false, { namedCurve: 'P-256' }])
    expect((await generateKeyPair('ES384', { extractable: true })).privateKey.extractable).toBe(true)
  })

  test('leaves WebCrypto only where that makes it faster, or where it is to be exported', async () => {
    const generate = vi.spyOn(crypto.subtle, 'generateKey')
    await generateKey()
    await generateKey('ES256', { extractable: true })
    expect(generate.mock.calls.map((call) => call[1])).toEqual([signsFasterOutside, true])
  })
})

test('a header of exactly 1536 characters is the longest that a key is kept under', async () => {
  const signer = await signerFromJwk(ES256.privateJwk)
  const request = { method: 'GET', url: 'https://rs.example/', now: 1000 }
  const bare = { typ: 'dpop+jwt', alg: signer.alg, jwk: signer.publicJwk, kid: '' }
  const filler = 1152 - JSON.stringify(bare).length
  for (const [more, size] of [
    [0, 1],
    [1, 0],
  ] as const) {
    const keys = createKeyCache()
    const header = { kid: 'k'.repeat(filler + more) }
    const text = String(await forgeProof(signer, { ...request, header }))
    expect(text.indexOf('.')).toBe(more === 0 ? 1536 : 1538)
    keys.keep(await checkProof(text, { ...request, policy: defaultProofPolicy, keys }))
    expect(keys.size).toBe(size)
  }
  expect(await createProof(signer, request)).toMatch(/^[\w-]{100,300}\./)
})
