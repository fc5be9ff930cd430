import { testKeys } from '@keybound/testkit'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseBase64url } from '../base64url.ts'
import { publicJwkOf } from '../key/public-jwk-of.ts'
import * as node from './signature.node.ts'
import type { SignatureModule } from './signature.ts'
import * as web from './signature.web.ts'

const modules: readonly [string, SignatureModule][] = [
  ['node:crypto', node],
  ['WebCrypto', web],
]
const keys = Object.values(testKeys).slice(0, 5)
const text = 'eyJ0eXAiOiJkcG9wK2p3dCJ9.eyJqdGkiOiJhIn0'
const data = new TextEncoder().encode(text)

describe.each(modules)('%s', (_, module) => {
  test.each(keys)(
    'signs and verifies with $alg, and not another text or signature',
    async ({ alg, privateJwk, publicJwk }) => {
      const sign = await module.importSign(privateJwk, alg)
      const verify = await module.importVerify(publicJwkOf(publicJwk, alg), alg)
      const signature = await sign(data)
      expect(await verify(text, signature)).toBe(true)
      expect(await verify(`${text}x`, signature)).toBe(false)
      signature[5] = (signature[5] ?? 0) ^ 1
      expect(await verify(text, signature)).toBe(false)
      expect(await verify(text, new Uint8Array())).toBe(false)
    },
  )

  test.each(keys)(
    'signs with a $alg key of WebCrypto that cannot be exported',
    async ({ alg, publicJwk, privateJwk }) => {
      const { importAlgorithm } = await import('./web-algorithm.ts')
      const key = await crypto.subtle.importKey(
        'jwk',
        privateJwk as JsonWebKey,
        importAlgorithm(alg),
        false,
        ['sign'],
      )
      const verify = await module.importVerify(publicJwkOf(publicJwk, alg), alg)
      expect(await verify(text, await module.signWith(key, alg)(data))).toBe(true)
    },
  )

  test('hashes and authenticates as the standards show', async () => {
    expect(await module.sha256('abc')).toBe('ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0')
    expect(await module.sha256('é')).toBe(await web.sha256('é'))
    const key = new TextEncoder().encode('Jefe')
    // RFC 4231, case 2
    expect(await module.hmacSha256(key, 'what do ya want for nothing?')).toBe(
      'W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM',
    )
  })

  test('takes the one canonical spelling of some octets and no other', () => {
    expect(Array.from(module.parseBase64url('_-8') ?? [])).toEqual([255, 239])
    expect(module.parseBase64url('')).toHaveLength(0)
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'AQgwZz9-_+/= \n\u0100é'), maxLength: 9 }),
        (spelling) => {
          expect(module.parseBase64url(spelling)?.join()).toBe(parseBase64url(spelling)?.join())
        },
      ),
    )
  })

  test('writes base64url and ASCII', () => {
    expect(module.formatBase64url(Uint8Array.of(0, 255, 239).subarray(1))).toBe('_-8')
    expect(module.formatBase64urlText('é')).toBe('w6k')
    expect(Array.from(module.octetsOfAscii('a.~'))).toEqual([97, 46, 126])
  })

  test('compares by the whole text', () => {
    expect(module.equalInConstantTime('abc', 'abc')).toBe(true)
    expect(module.equalInConstantTime('abc', 'abd')).toBe(false)
    expect(module.equalInConstantTime('xbc', 'abc')).toBe(false)
    expect(module.equalInConstantTime('abc', 'abcd')).toBe(false)
    expect(module.equalInConstantTime('', '')).toBe(true)
    // The low octet alone is that of the letter.
    expect(module.equalInConstantTime('\u0161bc', 'abc')).toBe(false)
    expect(module.equalInConstantTime('\u00e9', '\u00c3\u00a9')).toBe(false)
  })
})

test.each(keys)(
  'what one module signs with $alg the other verifies',
  async ({ alg, privateJwk, publicJwk }) => {
    const key = publicJwkOf(publicJwk, alg)
    const [signNode, signWeb] = [
      await node.importSign(privateJwk, alg),
      await web.importSign(privateJwk, alg),
    ]
    const [verifyNode, verifyWeb] = [await node.importVerify(key, alg), await web.importVerify(key, alg)]
    expect(await verifyWeb(text, await signNode(data))).toBe(true)
    expect(await verifyNode(text, await signWeb(data))).toBe(true)
  },
)
