import { requirement, testKeys } from '@keybound/testkit'
import rfc9449 from '@keybound/testkit/vectors/rfc9449.json' with { type: 'json' }
import fc from 'fast-check'
import { compactVerify, EmbeddedJWK } from 'jose'
import { describe, expect, test } from 'vitest'
import { anyText } from '../../test/any-text.ts'
import { type Signer, signerFromJwk } from '../key/signer.ts'
import { accessTokenHash } from './access-token-hash.ts'
import { createProof, type ProofRequest } from './create-proof.ts'

const signer = await signerFromJwk(testKeys.ES256.privateJwk)
const request = { method: 'GET', url: 'https://rs.example/api/profile', now: 1_800_000_000 }

/** Read by jose, which had no hand in making it. */
async function read(change: Partial<ProofRequest> = {}, key: Signer = signer) {
  const { payload, protectedHeader } = await compactVerify(
    await createProof(key, { ...request, ...change }),
    EmbeddedJWK,
  )
  return {
    header: protectedHeader,
    claims: JSON.parse(new TextDecoder().decode(payload)) as Record<string, unknown>,
  }
}

describe('createProof', () => {
  requirement(
    ['DPOP-4.2-01', 'DPOP-4.2-02', 'DPOP-4.2-04', 'DPOP-4.2-05'],
    'has the header of a proof, with the public key alone',
    async () => {
      expect((await read()).header).toEqual({ typ: 'dpop+jwt', alg: 'ES256', jwk: testKeys.ES256.publicJwk })
    },
  )

  requirement(
    ['DPOP-4.2-06', 'DPOP-4.2-08', 'DPOP-4.2-09', 'DPOP-4.2-10'],
    'has jti, htm, htu and iat, and nothing it was not given',
    async () => {
      expect((await read()).claims).toEqual({
        jti: expect.any(String),
        htm: 'GET',
        htu: request.url,
        iat: request.now,
      })
    },
  )

  requirement(
    ['DPOP-4.2-11', 'DPOP-4.2-12', 'DPOP-7-02'],
    'hashes the access token as the RFC does',
    async () => {
      const figure = rfc9449.proofs.find(({ accessToken }) => accessToken !== undefined)
      expect((await read({ accessToken: figure?.accessToken })).claims.ath).toBe(figure?.ath)
      expect(await accessTokenHash(figure?.accessToken ?? '')).toBe(figure?.ath)
    },
  )

  requirement('DPOP-4.2-13', 'carries the nonce it is given', async () => {
    expect((await read({ nonce: 'eyJ7S_zG.eyJH0-Z.HX4w-7v' })).claims.nonce).toBe('eyJ7S_zG.eyJH0-Z.HX4w-7v')
  })

  requirement('DPOP-4.2-07', 'never repeats a jti, which has 122 random bits', async () => {
    const fixed: Signer = { ...signer, sign: () => new Uint8Array(64) }
    const seen = new Set<string>()
    for (let count = 0; count < 20_000; count++) {
      const [, payload = ''] = (await createProof(fixed, request)).split('.')
      seen.add((JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/'))) as { jti: string }).jti)
    }
    expect(seen.size).toBe(20_000)
    expect([...seen][0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })

  test('hashes each token anew when tokens take turns, also at once', async () => {
    const tokens = ['a', 'b', 'a', 'c', 'c', 'b']
    const proofs = await Promise.all(tokens.map((accessToken) => read({ accessToken })))
    expect(proofs.map(({ claims }) => claims.ath)).toEqual(
      await Promise.all(tokens.map((token) => accessTokenHash(token))),
    )
    expect((await read()).claims).not.toHaveProperty('ath')
  })

  test('cuts query, fragment and userinfo from the URL and takes a URL object', async () => {
    for (const url of [
      'https://rs.example/a?b=1',
      'https://rs.example/a#b',
      'https://rs.example/a?#',
      'https://u:p@rs.example/a',
      new URL('https://rs.example/a?b'),
    ]) {
      expect((await read({ url })).claims.htu).toBe('https://rs.example/a')
    }
    expect((await read({ url: 'https://rs.example' })).claims.htu).toBe('https://rs.example/')
    expect((await read({ url: 'https://bücher.example/é' })).claims.htu).toBe(
      'https://xn--bcher-kva.example/%C3%A9',
    )
    expect((await read({ url: 'http://[::1]:4001/x%20y' })).claims.htu).toBe('http://[::1]:4001/x%20y')
  })

  test('rejects with a TypeError what is no absolute http(s) URL', async () => {
    for (const url of ['/token', 'rs.example/token', 'ftp://rs.example/', 'data:,x', '']) {
      await expect(createProof(signer, { ...request, url })).rejects.toThrow(TypeError)
    }
  })

  test('takes more claims, which cannot replace the ones that make a proof', async () => {
    const { claims } = await read({
      claims: { jti: 'x', htm: 'x', htu: 'x', iat: 0, aud: 'é ü', deep: { a: [1] } },
    })
    expect(claims).toMatchObject({
      htm: 'GET',
      htu: request.url,
      iat: request.now,
      aud: 'é ü',
      deep: { a: [1] },
    })
    expect(claims.jti).not.toBe('x')
  })

  test('rounds the time down to seconds, and asks the system for it when nobody says', async () => {
    expect((await read({ now: 12.9 })).claims.iat).toBe(12)
    const earliest = Math.floor(Date.now() / 1000)
    const { iat } = (await read({ now: undefined })).claims
    expect(iat).toBeGreaterThanOrEqual(earliest)
    expect(iat).toBeLessThanOrEqual(Date.now() / 1000)
  })

  test('is read by jose for every algorithm, whatever the claims', async () => {
    for (const { alg, privateJwk } of Object.values(testKeys)) {
      const key = await signerFromJwk(privateJwk, alg)
      await fc.assert(
        fc.asyncProperty(
          anyText.filter((text) => !/\p{Surrogate}/u.test(text)),
          async (trace) => {
            expect((await read({ claims: { trace } }, key)).claims.trace).toBe(trace)
          },
        ),
        { numRuns: alg === 'PS256' ? 3 : 10 },
      )
    }
  })

  test('rejects with a TypeError a time that is none', async () => {
    for (const now of [Number.NaN, Number.POSITIVE_INFINITY]) {
      await expect(createProof(signer, { ...request, now })).rejects.toThrow(TypeError)
    }
  })

  test('escapes what JSON wants escaped', async () => {
    const { claims } = await read({ method: 'A"\\\n\u2028é', nonce: '"', claims: {} })
    expect(claims).toMatchObject({ htm: 'A"\\\n\u2028é', nonce: '"' })
  })
})
