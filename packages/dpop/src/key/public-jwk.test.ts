import { testKeys } from '@keybound/testkit'
import { describe, expect, test } from 'vitest'
import { formatBase64url, parseBase64url } from '../base64url.ts'
import { generateKeyPair } from './generate-key.ts'
import { judgeJwk } from './public-jwk.ts'
import { publicJwkOf } from './public-jwk-of.ts'

const { ES256, ES384, ES512, PS256, Ed25519 } = testKeys
const because = (jwk: unknown, alg: Parameters<typeof judgeJwk>[1] = 'ES256') =>
  judgeJwk(jwk, alg).finding.because

function changed(text: string | undefined, change: (octets: Uint8Array) => Uint8Array): string {
  return formatBase64url(change(parseBase64url(text ?? '') ?? new Uint8Array()))
}

function littleEndian(value: bigint): string {
  const octets = Array.from({ length: 32 }, (_, index) => Number((value >> BigInt(8 * index)) & 255n))
  return formatBase64url(Uint8Array.from(octets))
}

describe('judgeJwk', () => {
  test.each([ES256, ES384, ES512, PS256, Ed25519])(
    'takes a $alg key and keeps its required members alone',
    ({ alg, publicJwk }) => {
      const { finding, publicJwk: kept } = judgeJwk(
        { ...publicJwk, kid: 'x', x5t: 'y', ext: true, use: 'sig', key_ops: ['verify'] },
        alg,
      )
      expect(finding.status).toBe('pass')
      const { kty, crv, x, y, n, e } = publicJwk
      expect(kept).toEqual(JSON.parse(JSON.stringify({ kty, crv, x, y, n, e })))
    },
  )

  test.each(['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv'])(
    'refuses a member %s on any key, without showing it',
    (name) => {
      for (const { alg, publicJwk } of [ES256, PS256, Ed25519]) {
        for (const value of ['secret-value', undefined, null]) {
          const { finding, publicJwk: kept } = judgeJwk({ ...publicJwk, [name]: value }, alg)
          expect(finding.status).toBe('fail')
          expect(kept).toBeUndefined()
          expect(JSON.stringify(finding)).not.toContain('secret-value')
          expect(finding.received).toBe(`a member ${name}`)
        }
      }
    },
  )

  test.each([undefined, null, 'x', 1, true, [], [ES256.publicJwk]])('refuses %j as no object', (jwk) => {
    expect(because(jwk)).toContain('no jwk')
  })

  test('refuses coordinates that are short, long, padded, not reduced, not canonical, or no strings', () => {
    const { x, y } = ES256.publicJwk
    const bad: unknown[] = [
      undefined,
      null,
      1,
      '',
      [x],
      `${x}=`,
      changed(x, (octets) => octets.subarray(1)),
      changed(x, (octets) => Uint8Array.of(0, ...octets)),
      `${x?.slice(0, -1)}${'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'.at(-1)}`,
    ]
    for (const value of bad) {
      expect(because({ ...ES256.publicJwk, x: value }), `x ${String(value)}`).toBeTruthy()
      expect(because({ ...ES256.publicJwk, y: value }), `y ${String(value)}`).toBeTruthy()
    }
    expect(because({ ...ES256.publicJwk, x: undefined })).toContain('base64url')
    expect(because({ ...ES256.publicJwk, x: formatBase64url(new Uint8Array(32).fill(255)), y })).toContain(
      'curve',
    )
  })

  test.each([ES256, ES384, ES512])(
    'refuses a $alg point off its curve, and the point at infinity',
    ({ alg, publicJwk }) => {
      const flip = (octets: Uint8Array) => octets.with(octets.length - 1, (octets.at(-1) ?? 0) ^ 1)
      expect(because({ ...publicJwk, x: changed(publicJwk.x, flip) }, alg)).toContain('curve')
      expect(because({ ...publicJwk, y: changed(publicJwk.y, flip) }, alg)).toContain('curve')
      const zeros = changed(publicJwk.x, (octets) => new Uint8Array(octets.length))
      expect(because({ ...publicJwk, x: zeros, y: zeros }, alg)).toContain('curve')
      expect(because({ ...publicJwk, x: publicJwk.y, y: publicJwk.x }, alg)).toContain('curve')
    },
  )

  test('refuses a coordinate that is p more than it should be: one key, one spelling', () => {
    // On P-521 there is room for x + p in 66 octets.
    const p = 2n ** 521n - 1n
    const octets = parseBase64url(ES512.publicJwk.x ?? '') ?? new Uint8Array()
    const x = BigInt(`0x${Array.from(octets, (octet) => octet.toString(16).padStart(2, '0')).join('')}`) + p
    const hex = x.toString(16).padStart(132, '0')
    const more = Uint8Array.from({ length: 66 }, (_, index) =>
      Number.parseInt(hex.slice(2 * index, 2 * index + 2), 16),
    )
    expect(because({ ...ES512.publicJwk, x: formatBase64url(more) }, 'ES512')).toContain('curve')
  })

  test('refuses Ed25519 points of small order, not reduced, and off the curve', () => {
    const p = 2n ** 255n - 19n
    const sign = 2n ** 255n
    // 26e8958f…fc05, as libsodium and others list it.
    const eighth = BigInt('0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826')
    for (const y of [0n, 1n, p - 1n, eighth, p - eighth]) {
      expect(because({ ...Ed25519.publicJwk, x: littleEndian(y) }, 'Ed25519'), String(y)).toContain(
        'small order',
      )
      expect(because({ ...Ed25519.publicJwk, x: littleEndian(y + sign) }, 'EdDSA'), String(y)).toContain(
        'small order',
      )
    }
    for (const y of [p, p + 1n, p + 18n, sign - 1n]) {
      expect(because({ ...Ed25519.publicJwk, x: littleEndian(y) }, 'Ed25519'), String(y)).toContain(
        'canonically',
      )
    }
    expect(because({ ...Ed25519.publicJwk, x: littleEndian(2n) }, 'Ed25519')).toContain('curve')
    expect(because({ ...Ed25519.publicJwk, x: littleEndian(p - 2n) }, 'Ed25519')).toContain('curve')
    expect(because({ ...Ed25519.publicJwk, x: `${Ed25519.publicJwk.x}AA` }, 'Ed25519')).toContain('base64url')
  })

  test('takes every Ed25519 key that WebCrypto makes', async () => {
    for (let count = 0; count < 20; count++) {
      const { publicKey } = await generateKeyPair('Ed25519')
      expect(judgeJwk(await crypto.subtle.exportKey('jwk', publicKey), 'Ed25519').finding.status).toBe('pass')
    }
  })

  test('bounds RSA keys: 2048 to 4096 bits, odd, no leading zeros, an odd exponent from 65537 to 32 bits', () => {
    const modulus = (octets: number, first = 0x80, last = 1) =>
      formatBase64url(new Uint8Array(octets).with(0, first).with(octets - 1, last))
    const rsa = (n: unknown, e: unknown = 'AQAB') => judgeJwk({ kty: 'RSA', n, e }, 'PS256').finding
    for (const good of [modulus(256), modulus(256, 0xff), modulus(384), modulus(512), modulus(257, 1)]) {
      expect(rsa(good).status, good.slice(0, 4)).toBe('pass')
    }
    expect(rsa(modulus(256, 0x7f)).received).toBe('2047 bits')
    expect(rsa(modulus(128)).received).toBe('1024 bits')
    expect(rsa(modulus(513, 1)).received).toBe('4097 bits')
    expect(rsa(modulus(1024)).received).toBe('8192 bits')
    expect(rsa(modulus(257, 0)).received).toContain('leading zeros')
    expect(rsa(modulus(256, 0x80, 2)).received).toBe('an even one')
    expect(rsa('').received).toContain('empty')
    expect(rsa(undefined).because).toContain('base64url')
    expect(rsa(modulus(256), undefined).because).toBeUndefined()
    for (const [e, received] of [
      ['AQ', '1'],
      ['Aw', '3'],
      ['AQAA', '65536'],
      ['AQAC', '65538'],
      ['//8', ''],
      ['AAEAAQ', 'leading zeros'],
      ['', 'empty'],
      ['AQAAAAE', '5 octets'],
    ] as const) {
      const { status, received: got, because: why } = rsa(modulus(256), e)
      expect(status, e).toBe('fail')
      expect(`${got} ${why}`, e).toContain(received)
    }
    expect(rsa(modulus(256), '_____w').status).toBe('pass')
  })

  test('refuses another kty or curve than the alg has', () => {
    expect(because(ES384.publicJwk, 'ES256')).toContain('not a key for this alg')
    expect(because({ ...ES256.publicJwk, kty: 'ec' })).toContain('not a key for this alg')
    expect(because({ ...ES256.publicJwk, kty: undefined })).toContain('not a key for this alg')
    expect(because({ ...ES256.publicJwk, crv: undefined })).toContain('not a key for this alg')
    expect(because({ ...Ed25519.publicJwk, crv: 'Ed448' }, 'EdDSA')).toContain('not a key for this alg')
    expect(judgeJwk(PS256.publicJwk, 'ES256').finding.expected).toBe('EC P-256 for ES256')
    expect(judgeJwk(ES256.publicJwk, 'PS256').finding).toMatchObject({
      expected: 'RSA for PS256',
      received: '"EC" "P-256"',
    })
  })

  test('refuses a contradicting use, alg or key_ops, and takes EdDSA and Ed25519 for one', () => {
    const { publicJwk } = ES256
    for (const bad of [
      { use: 'enc' },
      { use: 1 },
      { use: null },
      { alg: 'ES384' },
      { alg: null },
      { key_ops: ['sign'] },
      { key_ops: [] },
      { key_ops: 'verify' },
      { key_ops: null },
    ]) {
      expect(because({ ...publicJwk, ...bad }), JSON.stringify(bad)).toContain('not meant')
    }
    for (const good of [{ use: 'sig' }, { alg: 'ES256' }, { key_ops: ['sign', 'verify'] }])
      expect(because({ ...publicJwk, ...good })).toBeUndefined()
    expect(because({ ...Ed25519.publicJwk, alg: 'EdDSA' }, 'Ed25519')).toBeUndefined()
    expect(because({ ...Ed25519.publicJwk, alg: 'Ed25519' }, 'EdDSA')).toBeUndefined()
  })
})

test('publicJwkOf takes the public part of a private key, and throws a TypeError for what is none', () => {
  expect(publicJwkOf(ES256.privateJwk, 'ES256')).not.toHaveProperty('d')
  for (const { alg, publicJwk, privateJwk } of [ES256, ES384, ES512, PS256, Ed25519]) {
    expect(publicJwkOf(privateJwk, alg)).toEqual(judgeJwk(publicJwk, alg).publicJwk)
    for (const name of ['kty', 'crv', 'x', 'y', 'n', 'e'].filter((name) => name in publicJwk)) {
      for (const value of [undefined, '', '=', 'AA', 1]) {
        if (value === 'AA' && publicJwk.kty === 'RSA') continue
        expect(
          () => publicJwkOf({ ...publicJwk, [name]: value } as typeof publicJwk, alg),
          `${alg} ${name} ${value}`,
        ).toThrow(TypeError)
      }
    }
  }
  expect(() => publicJwkOf({ kty: 'EC' }, 'ES256')).toThrow(TypeError)
  expect(() => publicJwkOf({ kty: 'oct', k: 'AA' }, 'ES256')).toThrow(TypeError)
})
