import type { OAuthError } from '@keybound/oauth'
import { requirement, testKeys } from '@keybound/testkit'
import { base64url, type JWK, SignJWT } from 'jose'
import { describe, expect, test } from 'vitest'
import { issuer, issueToken, jwks, resource, type TokenParts } from '../../test/test-issuer.ts'
import { localKeys } from '../keys/local-keys.ts'
import { verifyAccessToken } from './verify-access-token.ts'

const now = 1_767_225_600

function verify(token: string, keys: readonly JWK[] = jwks.keys, at = now) {
  const expected = { issuer, audience: resource, now: at, tolerance: 10 }
  return verifyAccessToken(token, { ...expected, keys: localKeys(() => ({ keys })) })
}

async function expectRefusal(token: string | Promise<string>, keys?: readonly JWK[]): Promise<void> {
  const fault = await verify(await token, keys).then(
    () => undefined,
    (error: OAuthError) => error,
  )
  expect(fault).toMatchObject({ code: 'invalid_token', reason: 'token.valid' })
  expect(fault?.description).toMatch(/^token\.valid: [\x20-\x21\x23-\x5b\x5d-\x7e]+$/)
}

const token = (parts: Omit<TokenParts, 'now'> = {}) => issueToken({ now, ...parts })

requirement(['RFC9068-04', 'RFC9068-02'], 'reads a good token', async () => {
  const claims = { cnf: { jkt: 'x' }, aud: ['https://other.example', resource] }
  expect(await verify(await token({ claims }))).toMatchObject({
    issuer,
    subject: 'alice',
    clientId: 'web',
    audience: claims.aud,
    scope: ['profile', 'profile:write'],
    expiresAt: now + 300,
    confirmation: { jkt: 'x' },
  })
})

describe('refuses a token whose claims are not for us, here and now (S-011)', () => {
  test.each([
    ['expired', { exp: now }],
    ['long expired', { exp: now - 3600 }],
    ['not valid yet', { nbf: now + 11 }],
    ['from another issuer', { iss: 'https://evil.example' }],
    ['from an issuer with a slash more', { iss: `${issuer}/` }],
    ['for another resource', { aud: 'https://api.example/other' }],
    ['for a longer resource', { aud: `${resource}/x` }],
    ['for a list without us', { aud: ['https://a.example', 'https://b.example'] }],
    ['for nobody', { aud: undefined }],
    ['for an empty list', { aud: [] }],
    ['for a number', { aud: 1 }],
    ['for a list of odd things', { aud: [resource, 1] }],
    ['without exp', { exp: undefined }],
    ['with exp as text', { exp: String(now + 300) }],
    ['with exp null', { exp: null }],
    ['without iat', { iat: undefined }],
    ['without sub', { sub: undefined }],
    ['with an empty sub', { sub: '' }],
    ['with sub as an object', { sub: { not: 'x' } }],
    ['without client_id', { client_id: undefined }],
    ['without jti', { jti: undefined }],
    ['with scope as a list', { scope: ['profile'] }],
    ['with nbf as text', { nbf: 'soon' }],
  ])('%s', async (_, claims) => {
    await expectRefusal(token({ claims }))
  })
})

test('gives the clock of the issuer the documented leeway for nbf, and none for exp (S-035)', async () => {
  await verify(await token({ claims: { nbf: now + 10 } }))
  await expect(verify(await token(), jwks.keys, now + 299)).resolves.toBeDefined()
  await expect(verify(await token(), jwks.keys, now + 300)).rejects.toMatchObject({ reason: 'token.valid' })
})

describe('refuses another kind of JWT (S-012, RFC9068-06)', () => {
  test.each(['JWT', 'dpop+jwt', 'at+jwtx', 'AT+JWT', '', undefined])('typ %s', async (typ) => {
    await expectRefusal(token({ header: { typ } as never }))
  })

  test('and takes the long form of its own', async () => {
    await verify(await token({ header: { typ: 'application/at+jwt' } }))
  })
})

describe('refuses a token that its issuer did not sign (S-013)', () => {
  const parts = (text: string) => text.split('.') as [string, string, string]

  test('with a changed payload or signature', async () => {
    const [header, payload, signature] = parts(await token())
    const claims = { ...JSON.parse(new TextDecoder().decode(base64url.decode(payload))), sub: 'mallory' }
    await expectRefusal(`${header}.${base64url.encode(JSON.stringify(claims))}.${signature}`)
    const flipped = base64url.decode(signature)
    flipped[10] = (flipped[10] ?? 0) ^ 1
    await expectRefusal(`${header}.${payload}.${base64url.encode(flipped)}`)
  })

  test('by another key under the same kid', async () => {
    await expectRefusal(token({ privateJwk: testKeys.otherES256.privateJwk }))
  })

  test('by a key that it brings along', async () => {
    const jwk = testKeys.otherES256.publicJwk
    await expectRefusal(token({ privateJwk: testKeys.otherES256.privateJwk, header: { jwk } }))
  })

  test('with an unknown kid, and with none where several keys could be meant', async () => {
    await expectRefusal(token({ header: { kid: 'as-2' } }))
    const several = [...jwks.keys, { ...testKeys.otherES256.publicJwk, kid: 'as-0' }]
    await expectRefusal(token({ header: { kid: undefined } as never }), several)
    await verify(await token({ header: { kid: undefined } as never }))
  })

  test.each(['none', 'None', 'nOnE'])('alg %s', async (alg) => {
    const [, payload, signature] = parts(await token())
    const header = base64url.encode(JSON.stringify({ alg, kid: 'as-1', typ: 'at+jwt' }))
    await expectRefusal(`${header}.${payload}.${signature}`)
    await expectRefusal(`${header}.${payload}.`)
  })

  test('HS256 with the public key as the secret', async () => {
    const secret = new TextEncoder().encode(JSON.stringify(jwks.keys[0]))
    const [, payload] = parts(await token())
    const claims = JSON.parse(new TextDecoder().decode(base64url.decode(payload)))
    const header = { alg: 'HS256', kid: 'as-1', typ: 'at+jwt' }
    await expectRefusal(new SignJWT(claims).setProtectedHeader(header).sign(secret))
  })

  test('with extensions that have to be understood', async () => {
    const [, payload, signature] = parts(await token())
    const header = base64url.encode(
      JSON.stringify({ alg: 'ES256', kid: 'as-1', typ: 'at+jwt', crit: ['x'], x: 1 }),
    )
    await expectRefusal(`${header}.${payload}.${signature}`)
  })
})

describe('refuses what is no JWT, quickly', () => {
  test.each([
    '',
    'opaque',
    'a.b',
    '..',
    'a.b.c.d',
    'e30.e30.e30',
    '!.e30.AA',
    'bnVsbA.e30.AA',
    'W10.e30.AA',
    `${'a'.repeat(4000)}.${'b'.repeat(4000)}.${'c'.repeat(4000)}`,
    '.'.repeat(8000),
  ])('%#', async (text) => {
    await expectRefusal(text)
  })

  test('also where a good one is spelled in a second way', async () => {
    const good = await token()
    const last = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    const stray = last[last.indexOf(good.at(-1) ?? '') + 1]
    await expectRefusal(`${good.slice(0, -1)}${stray}`)
    await expectRefusal(`${good}=`)
  })
})

describe('verifies each algorithm that it takes, and no other', () => {
  test.each([
    ['PS256', 'PS256', testKeys.PS256],
    ['Ed25519', 'Ed25519', testKeys.Ed25519],
    ['EdDSA', 'Ed25519', testKeys.Ed25519],
  ])('%s', async (alg, _, key) => {
    const keys = [{ ...key.publicJwk, kid: 'k' }]
    await verify(await token({ privateJwk: key.privateJwk, header: { alg, kid: 'k' } }), keys)
  })

  test('not RS256, ES384 or ES512', async () => {
    for (const [alg, key] of [
      ['RS256', testKeys.PS256],
      ['ES384', testKeys.ES384],
      ['ES512', testKeys.ES512],
    ] as const) {
      const keys = [{ ...key.publicJwk, kid: 'k' }]
      const privateJwk = { ...key.privateJwk, alg }
      await expectRefusal(token({ privateJwk, header: { alg, kid: 'k' } }), keys)
    }
  })
})

test('the header of a token that verified is read once; that of a forged one is not kept', async () => {
  const keys = localKeys(() => jwks)
  const set = await keys.current()
  const check = (text: string) =>
    verifyAccessToken(text, { keys, issuer, audience: resource, now, tolerance: 10 })
  const [good, forged] = [await token(), await token({ header: { stranger: true } })]
  const headerOf = (text: string) => set.headerOf(text.split('.')[0] ?? '')

  await expect(check(`${forged.slice(0, -8)}AAAAAAAA`)).rejects.toMatchObject({ reason: 'token.valid' })
  expect(headerOf(forged)).toBeUndefined()
  await check(good)
  expect(headerOf(good)).toEqual({ alg: 'ES256', kid: 'as-1' })
  expect(await check(await token())).toMatchObject({ subject: 'alice' })
  await expect(check(`${good.slice(0, -8)}AAAAAAAA`)).rejects.toMatchObject({ reason: 'token.valid' })
})
