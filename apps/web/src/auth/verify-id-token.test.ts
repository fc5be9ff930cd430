import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { SignInFailure } from './sign-in-failure.ts'
import { verifyIdToken } from './verify-id-token.ts'

const issuer = 'https://as.example'
const now = 1_000_000
const { privateKey, publicKey } = await generateKeyPair('ES256')
const { privateKey: strange } = await generateKeyPair('ES256')
const good: JWTPayload = {
  iss: issuer,
  sub: 'alice-sub',
  aud: 'web',
  iat: now - 5,
  exp: now + 295,
  name: 'Alice',
}

function sign(claims: JWTPayload, key: CryptoKey = privateKey): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg: 'ES256' }).sign(key)
}

function without(name: 'aud' | 'exp'): JWTPayload {
  const { [name]: _, ...rest } = good
  return rest
}

function verify(idToken: string | undefined) {
  return verifyIdToken(idToken, { issuer, keys: async () => publicKey, now })
}

async function withChangedSubject(): Promise<string> {
  const [header, , signature] = (await sign(good)).split('.')
  const payload = Buffer.from(JSON.stringify({ ...good, sub: 'mallory' })).toString('base64url')
  return `${header}.${payload}.${signature}`
}

async function hs256(): Promise<string> {
  const known = new TextEncoder().encode(JSON.stringify(await exportJWK(publicKey)))
  return new SignJWT(good).setProtectedHeader({ alg: 'HS256' }).sign(known)
}

describe('an ID token (B-004)', () => {
  it('that is genuine gives the subject', async () => {
    expect(await verify(await sign(good))).toEqual({ subject: 'alice-sub' })
    expect(await verify(await sign({ ...good, aud: ['web'] }))).toMatchObject({ subject: 'alice-sub' })
  })

  it.each<[string, () => Promise<string | undefined> | string]>([
    ['with a changed sub', withChangedSubject],
    ['signed by a stranger', () => sign(good, strange)],
    ['with alg none', () => new UnsecuredJWT(good).encode()],
    ['with alg HS256 and the public key as the secret', hs256],
    ['without a signature', async () => (await sign(good)).replace(/[^.]+$/, '')],
    ['for another client', () => sign({ ...good, aud: 'playground' })],
    ['for us and somebody else', () => sign({ ...good, aud: ['web', 'playground'] })],
    ['for us and somebody else, azp or not', () => sign({ ...good, aud: ['web', 'other'], azp: 'web' })],
    ['without an audience', () => sign(without('aud'))],
    ['that has expired', () => sign({ ...good, exp: now - 11 })],
    ['without an end', () => sign(without('exp'))],
    ['from another issuer', () => sign({ ...good, iss: 'https://evil.example' })],
    ['without a subject', () => sign({ ...good, sub: '' })],
    ['that is none', () => 'not a jwt'],
    ['that is missing', async () => undefined],
  ])('%s is refused', async (_, make) => {
    await expect(verify(await make())).rejects.toThrow(SignInFailure)
    await expect(verify(await make())).rejects.toMatchObject({ reason: 'id_token.valid' })
  })

  it('is not judged where the keys cannot be read', async () => {
    const keys = async () => {
      throw new SignInFailure('issuer.reachable')
    }
    await expect(verifyIdToken(await sign(good), { issuer, keys, now })).rejects.toMatchObject({
      reason: 'issuer.reachable',
    })
  })
})
