import { createHash, createPublicKey, verify } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { testKeys } from '../keys/test-keys.ts'
import rfc7636 from './rfc7636.json' with { type: 'json' }
import rfc7638 from './rfc7638.json' with { type: 'json' }
import rfc9449 from './rfc9449.json' with { type: 'json' }

// The vectors are recomputed here with node:crypto alone, so that a slip of the pen cannot become an expectation.

const sha256 = (text: string) => createHash('sha256').update(text).digest('base64url')
const decode = (part: string | undefined) => JSON.parse(Buffer.from(part ?? '', 'base64url').toString())

describe('RFC 9449', () => {
  for (const vector of rfc9449.proofs) {
    test(`figure ${vector.figures.join(' and ')} verifies with its own key`, () => {
      const [header, payload, signature] = vector.proof.split('.')
      const { jwk, ...rest } = decode(header)
      expect(rest).toEqual({ typ: 'dpop+jwt', alg: 'ES256' })
      expect(jwk).toEqual(rfc9449.key.publicJwk)
      expect(decode(payload)).toEqual({
        jti: vector.jti,
        htm: vector.method,
        htu: vector.url,
        iat: vector.iat,
        ...(vector.ath ? { ath: vector.ath } : {}),
      })
      const key = createPublicKey({ key: jwk, format: 'jwk' })
      const data = Buffer.from(`${header}.${payload}`)
      const bytes = Buffer.from(signature ?? '', 'base64url')
      expect(verify('sha256', data, { key, dsaEncoding: 'ieee-p1363' }, bytes)).toBe(true)
    })
  }

  test('the thumbprint, the token hash and the code challenge are what the RFC shows', () => {
    const { crv, kty, x, y } = rfc9449.key.publicJwk
    expect(sha256(JSON.stringify({ crv, kty, x, y }))).toBe(rfc9449.key.jkt)
    for (const { accessToken, ath } of rfc9449.proofs) if (accessToken) expect(sha256(accessToken)).toBe(ath)
    expect(sha256(rfc9449.codeExchange.codeVerifier)).toBe(rfc9449.codeExchange.codeChallenge)
    expect(rfc9449.dpopJkt).toBe(rfc7638.jkt)
  })
})

test('RFC 7638: the thumbprint of section 3.1', () => {
  const { e, kty, n } = rfc7638.publicJwk
  expect(sha256(JSON.stringify({ e, kty, n }))).toBe(rfc7638.jkt)
})

test('RFC 7636: the challenge of appendix B', () => {
  expect(sha256(rfc7636.codeVerifier)).toBe(rfc7636.codeChallenge)
})

test('the fixed test keys carry their own thumbprints and no two are the same', () => {
  const members = { EC: ['crv', 'kty', 'x', 'y'], RSA: ['e', 'kty', 'n'], OKP: ['crv', 'kty', 'x'] } as const
  for (const { jkt, publicJwk, privateJwk } of Object.values(testKeys)) {
    const required = members[publicJwk.kty as keyof typeof members]
    expect(sha256(JSON.stringify(Object.fromEntries(required.map((name) => [name, publicJwk[name]]))))).toBe(
      jkt,
    )
    expect(publicJwk).not.toHaveProperty('d')
    expect(privateJwk).toMatchObject(publicJwk)
  }
  expect(new Set(Object.values(testKeys).map((key) => key.jkt)).size).toBe(Object.keys(testKeys).length)
})
