import { createHash, createPrivateKey, type JsonWebKey, sign } from 'node:crypto'
import { OAuthError } from '@keybound/oauth'
import { fixedClock, type TestKey, testKeys } from '@keybound/testkit'
import { checkProof, defaultProofPolicy, type ExpectedProof } from '../src/index.ts'

export const now = fixedClock().now()
export const url = 'https://api.example/api/profile'
export const expected: ExpectedProof = { method: 'GET', url, policy: defaultProofPolicy, now }

/** 'accepted', or the id of the check that refused it. Anything thrown that is no OAuthError fails the test that asked. */
export async function judged(proof: string, change: Partial<ExpectedProof> = {}): Promise<string> {
  try {
    await checkProof(proof, { ...expected, ...change })
    return 'accepted'
  } catch (error) {
    if (error instanceof OAuthError) return error.reason
    throw error
  }
}

export function segment(value: unknown): string {
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')
}

/** Exactly this header and payload (objects, or JSON texts), rightly signed by node:crypto: no code of ours had a hand in it. */
export function signed(header: unknown, payload: unknown, key: TestKey = testKeys.ES256): string {
  const input = `${segment(header)}.${segment(payload)}`
  const options = { key: createPrivateKey({ key: key.privateJwk as JsonWebKey, format: 'jwk' }) }
  const data = Buffer.from(input)
  const signature =
    key.alg === 'Ed25519'
      ? sign(null, data, options)
      : key.alg === 'PS256'
        ? sign('sha256', data, { ...options, padding: 6, saltLength: 32 })
        : sign(`sha${key.alg.slice(2)}`, data, { ...options, dsaEncoding: 'ieee-p1363' })
  return `${input}.${signature.toString('base64url')}`
}

export function header(change: Readonly<Record<string, unknown>> = {}, key: TestKey = testKeys.ES256) {
  return { typ: 'dpop+jwt', alg: key.alg, jwk: key.publicJwk, ...change }
}

export function claims(change: Readonly<Record<string, unknown>> = {}) {
  return { jti: 'a-jti-of-its-own', htm: 'GET', htu: url, iat: now, ...change }
}

/** A good proof with other header members; undefined takes one out. */
export function withHeader(change: Readonly<Record<string, unknown>>, key?: TestKey): string {
  return signed(header(change, key), claims(), key)
}

/** A good proof with other claims; undefined takes one out. */
export function withClaims(change: Readonly<Record<string, unknown>>): string {
  return signed(header(), claims(change))
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}
