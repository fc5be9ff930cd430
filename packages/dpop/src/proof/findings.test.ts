import { testKeys } from '@keybound/testkit'
import { describe, expect, test } from 'vitest'
import {
  claims,
  header,
  judged,
  now,
  segment,
  sha256,
  signed,
  url,
  withClaims,
  withHeader,
} from '../../test/judged.ts'
import type { CheckId } from '../checks.ts'
import { createNonces } from '../nonce/nonces.ts'
import { type ExpectedOfExplanation, explainProof } from './explain-proof.ts'
import { defaultProofPolicy } from './proof-policy.ts'

const known = { method: 'GET', url, now, policy: defaultProofPolicy, accessToken: 'abc' }
const { ES256, PS256, Ed25519 } = testKeys
const good = withClaims({ ath: sha256('abc') })

/** `undefined` in the change takes out what is known. */
async function rowOf(id: CheckId, proof: string, change: object = {}) {
  const { checks } = await explainProof(proof, { ...known, ...change } as ExpectedOfExplanation)
  return checks.find((check) => check.id === id)
}

type Case = [id: CheckId, proof: string, expected: string | undefined, received: string | undefined, object?]

const jwk = (change: Record<string, unknown>, key = ES256) =>
  withHeader({ jwk: { ...key.publicJwk, ...change } }, key)
const octets = (length: number, last = 1) => {
  const bytes = Buffer.alloc(length, 0xff)
  bytes[length - 1] = last
  return bytes.toString('base64url')
}
const withSignature = (text: string) => `${good.slice(0, good.lastIndexOf('.'))}.${text}`
const withEncoded = (head: string, payload: string) => `${head}.${payload}.${good.split('.')[2]}`
const [goodHead = '', goodPayload = ''] = good.split('.')
const nonces = createNonces({ secret: 'x'.repeat(32) })
const seconds = 'seconds since 1970, a number'

/** A check, a proof that it refuses, and the facts it gives for it. */
const cases: readonly Case[] = [
  ['header.single', '', 'one proof', 'nothing'],
  ['header.single', ' ', 'one proof', 'nothing'],
  ['header.single', `${good},${good}`, 'one proof', 'several'],
  ['jwt.wellformed', 'x'.repeat(4097), 'at most 4096 characters', '4097'],
  ['jwt.wellformed', 'a.b', 'three base64url segments with dots between them', undefined],
  ['typ.dpop', withHeader({ typ: 'JWT' }), 'dpop+jwt', '"JWT"'],
  ['alg.allowed', withHeader({ alg: 'none' }), 'ES256 PS256 Ed25519 EdDSA', '"none"'],
  ['crit.none', withHeader({ crit: ['exp'] }), undefined, '["exp"]'],
  ['crit.none', withHeader({ b64: false }), undefined, undefined],
  ['jwk.public', withHeader({ jwk: undefined }), undefined, 'nothing'],
  ['jwk.public', withHeader({ jwk: null }), undefined, 'null'],
  ['jwk.public', withHeader({ jwk: [] }), undefined, 'a list'],
  ['jwk.public', jwk({ d: 'AA' }), 'public members only', 'a member d'],
  ['jwk.public', jwk({ kty: 'RSA' }), 'EC P-256 for ES256', '"RSA" "P-256"'],
  ['jwk.public', jwk({ crv: 'P-384' }), 'EC P-256 for ES256', '"EC" "P-384"'],
  ['jwk.public', jwk({ kty: 'EC' }, PS256), 'RSA for PS256', '"EC" nothing'],
  ['jwk.public', jwk({ use: 'enc' }), undefined, 'use "enc"'],
  ['jwk.public', jwk({ alg: 'ES384' }), undefined, 'alg "ES384"'],
  ['jwk.public', jwk({ key_ops: ['sign'] }), undefined, 'key_ops ["sign"]'],
  ['jwk.public', jwk({ key_ops: 'verify' }), undefined, 'key_ops "verify"'],
  ['jwk.public', jwk({ x: octets(31) }), 'x and y of 32 octets', undefined],
  ['jwk.public', jwk({ y: undefined }), 'x and y of 32 octets', undefined],
  ['jwk.public', jwk({ x: ES256.publicJwk.y }), undefined, undefined],
  ['jwk.public', jwk({ x: octets(31) }, Ed25519), 'x of 32 octets', undefined],
  ['jwk.public', jwk({ n: undefined }, PS256), 'n and e', undefined],
  ['jwk.public', jwk({ e: '=' }, PS256), 'n and e', undefined],
  [
    'jwk.public',
    jwk({ e: '' }, PS256),
    'integers in as few octets as possible',
    'an empty one, or one with leading zeros',
  ],
  ['jwk.public', jwk({ n: octets(255) }, PS256), 'a modulus of 2048 to 4096 bits', '2040 bits'],
  ['jwk.public', jwk({ n: octets(513) }, PS256), 'a modulus of 2048 to 4096 bits', '4104 bits'],
  ['jwk.public', jwk({ n: octets(256, 2) }, PS256), 'an odd modulus', 'an even one'],
  ['jwk.public', jwk({ e: octets(5) }, PS256), 'an exponent of at most 32 bits', '5 octets'],
  ['jwk.public', jwk({ e: 'Aw' }, PS256), 'an odd exponent of at least 65537', '3'],
  ['claims.required', withClaims({ jti: undefined }), 'text that is not empty', 'nothing'],
  ['claims.required', withClaims({ jti: '' }), 'text that is not empty', 'empty text'],
  ['claims.required', withClaims({ jti: 1 }), 'text that is not empty', 'number'],
  ['claims.required', withClaims({ jti: 'j'.repeat(129) }), 'at most 128 characters', '129'],
  ['claims.required', withClaims({ htm: 1 }), 'the method, text', 'number'],
  ['claims.required', withClaims({ htu: {} }), 'the URL, text', 'object'],
  ['claims.required', withClaims({ iat: '1' }), seconds, 'string'],
  ['claims.required', withClaims({ nonce: 1 }), 'text', 'number'],
  ['claims.required', withClaims({ nonce: 'n'.repeat(257) }), 'at most 256 characters', '257'],
  ['claims.required', withClaims({ ath: null }), 'text', 'null'],
  ['claims.required', withClaims({ exp: true }), seconds, 'boolean'],
  ['claims.required', withClaims({ nbf: -1 }), seconds, 'number'],
  ['htm.match', withClaims({ htm: 'POST' }), 'GET', '"POST"'],
  ['htu.match', withClaims({ htu: 'https://api.example/x/../y?z' }), url, '"https://api.example/y"'],
  ['htu.match', withClaims({ htu: '//user@api.example/?x' }), url, '"//...@api.example/"'],
  ['htu.match', good, undefined, undefined, { url: 'nonsense' }],
  ['iat.window', withClaims({ iat: now - 21 }), `${now - 20} to ${now + 10}`, String(now - 21)],
  ['iat.window', withClaims({ iat: now + 11 }), `${now - 20} to ${now + 10}`, String(now + 11)],
  ['iat.window', withClaims({ exp: now }), `later than ${now}`, String(now)],
  ['iat.window', withClaims({ nbf: now + 11 }), `at most ${now + 10}`, String(now + 11)],
  ['nonce.match', good, 'a nonce of this server', 'nothing', { nonces }],
  ['nonce.match', withClaims({ nonce: 'foreign' }), 'a nonce of this server', '"foreign"', { nonces }],
  ['sig.valid', withSignature(octets(63)), '64 octets', '63 octets'],
  ['sig.valid', withSignature(octets(64)), undefined, undefined],
  ['ath.match', withClaims({}), sha256('abc'), 'nothing'],
  ['ath.match', withClaims({ ath: 'other' }), sha256('abc'), '"other"'],
]

describe('a check that fails says what it wanted and what it got', () => {
  test.each(cases)('%s %#', async (id, proof, expected, received, change) => {
    const row = await rowOf(id, proof, change)
    expect(row?.status).toBe(id === 'nonce.match' ? 'challenge' : 'fail')
    expect(row?.because).toMatch(SENTENCE)
    expect([row?.expected, row?.received]).toEqual([expected, received])
    for (const hint of [row?.hint].filter((hint) => hint !== undefined)) expect(hint).toMatch(/^.{12,}[.?]$/)
  })

  test('a stale nonce is told from a foreign one', async () => {
    const stale = withClaims({ nonce: await nonces.issue(now - 600) })
    const row = await rowOf('nonce.match', stale, { nonces })
    expect(row).toMatchObject({ because: 'The nonce is too old.', expected: 'a recent nonce of this server' })
    expect(row?.received).toMatch(/^"\w+\.[\w-]{43}"$/)
  })

  test.each([
    ['is not canonical base64url', withEncoded('a', goodPayload), 'The header is not canonical base64url.'],
    [
      'is not UTF-8',
      withEncoded(goodHead, Buffer.from('{"a":"\xff"}', 'latin1').toString('base64url')),
      'The payload is not UTF-8.',
    ],
    [
      'is cut in the middle of a character',
      withEncoded(goodHead, Buffer.from('{"a":"\xf0\x9f\x98"}', 'latin1').toString('base64url')),
      'The payload is not UTF-8.',
    ],
    ['is noise', withEncoded(segment('x'), goodPayload), 'The header is not a JSON object.'],
    ['is not JSON', withEncoded(segment('{"x'), goodPayload), 'The header is not JSON.'],
    ['is not an object', withEncoded(goodHead, segment('[]')), 'The payload is not a JSON object.'],
    ['repeats a member', signed('{"typ":"a","typ":"b"}', claims()), 'The header repeats a member.'],
    [
      'nests too deeply',
      signed(header(), `{"a":${'['.repeat(40)}${']'.repeat(40)}}`),
      'The payload is nested too deeply.',
    ],
    ['has another signature', withSignature('a+b'), 'The signature is not canonical base64url.'],
  ])('which segment %s', async (_, proof, because) => {
    expect((await rowOf('jwt.wellformed', proof))?.because).toBe(because)
  })

  test.each([
    ['The Ed25519 key is not encoded canonically.', `${'ff'.repeat(31)}7f`],
    ['The Ed25519 key is a point of small order.', `01${'00'.repeat(31)}`],
    ['The jwk is not a point on its curve.', `02${'00'.repeat(31)}`],
  ])('%s', async (because, hex) => {
    const row = await rowOf('jwk.public', jwk({ x: Buffer.from(hex, 'hex').toString('base64url') }, Ed25519))
    expect(row?.because).toBe(because)
  })

  test('a typ that was left out is hinted at, as one of another JWT is', async () => {
    for (const typ of [undefined, 'JWT'])
      expect((await rowOf('typ.dpop', withHeader({ typ })))?.hint).toContain('left out when signing')
  })

  test('a payload that is said to be encoded is no fault', async () => {
    expect(await judged(withHeader({ b64: true }))).toBe('accepted')
    expect(await judged(withHeader({ b64: null }))).toBe('crit.none')
  })

  test('and a good proof fails nowhere', async () => {
    const { checks, outcome } = await explainProof(good, known)
    expect(outcome).toBe('accepted')
    expect(
      checks
        .filter(({ status }) => status === 'pass')
        .map(({ id }) => id)
        .join(' '),
    ).toBe(
      'header.single jwt.wellformed typ.dpop alg.allowed crit.none jwk.public claims.required htm.match htu.match iat.window sig.valid ath.match',
    )
    expect(await judged(good, { accessToken: 'abc' })).toBe('accepted')
  })
})

describe('a check that has nothing to judge is skipped and says why', () => {
  const NO_HEADER = 'The header could not be read.'
  const NO_CLAIMS = 'The claim could not be read.'
  const noAlg = withHeader({ alg: 'none' })
  test.each<[CheckId, string, string, object?]>([
    ['typ.dpop', 'a.b', NO_HEADER],
    ['alg.allowed', 'a.b', NO_HEADER],
    ['crit.none', 'a.b', NO_HEADER],
    ['jwk.public', noAlg, 'Which keys are right depends on an alg that is not one.'],
    ['typ.dpop', withEncoded('a', goodPayload), NO_HEADER],
    ['claims.required', 'a.b', NO_CLAIMS],
    ['claims.required', withEncoded(goodHead, 'a'), NO_CLAIMS],
    ['htm.match', withEncoded(goodHead, 'a'), NO_CLAIMS],
    ['htm.match', withClaims({ htm: 1 }), NO_CLAIMS],
    ['htm.match', good, 'Needs the method of the request.', { method: undefined }],
    ['htu.match', withClaims({ htu: 1 }), NO_CLAIMS],
    ['htu.match', good, 'Needs the URL of the request.', { url: undefined }],
    ['iat.window', withClaims({ iat: 'x' }), NO_CLAIMS],
    ['iat.window', good, 'Needs the time.', { now: undefined }],
    ['nonce.match', good, 'No nonce is asked for.'],
    ['nonce.match', good, 'No nonce is asked for.', { nonces, now: undefined }],
    ['nonce.match', withClaims({ nonce: 1 }), NO_CLAIMS, { nonces }],
    ['nonce.match', 'a.b', NO_CLAIMS, { nonces }],
    ['sig.valid', noAlg, 'There is no usable key or signature to verify.'],
    ['sig.valid', jwk({ use: 'enc' }), 'There is no usable key or signature to verify.'],
    ['ath.match', good, 'No access token came with the proof.', { accessToken: undefined }],
    ['ath.match', 'a.b', NO_CLAIMS],
    ['jkt.match', noAlg, 'There is no key to compare.', { jkt: ES256.jkt }],
    ['jkt.match', good, 'Not part of the proof; the server judges it.'],
    ['jti.unused', good, 'Not part of the proof; the server judges it.'],
  ])('%s %#', async (id, proof, because, change) => {
    expect(await rowOf(id, proof, change)).toMatchObject({
      status: 'skipped',
      because,
    })
  })

  test('every one of a proof that is not there, but for the header', async () => {
    const { checks, outcome } = await explainProof(undefined, known)
    expect(outcome).toBe('rejected')
    const { id: _, clause, requirement, ...first } = checks.find(({ id }) => id === 'header.single') ?? {}
    expect(first).toEqual({
      status: 'fail',
      because: 'There is no proof.',
      expected: 'one proof',
      received: 'nothing',
    })
    expect([clause, requirement]).toEqual(['RFC 9449 §4.3 (1)', 'DPOP-4.3-01'])
    expect(checks.find(({ id }) => id === 'typ.dpop')).toMatchObject({
      status: 'skipped',
      because: 'There is no proof.',
    })
  })
})

describe('the key of the token', () => {
  test('is compared where it is known', async () => {
    expect(await rowOf('jkt.match', good, { jkt: ES256.jkt })).toMatchObject({ status: 'pass' })
    const { checks } = await explainProof(undefined, { ...known, jkt: ES256.jkt })
    expect(checks.find(({ id }) => id === 'jkt.match')?.because).toBe('There is no key to compare.')
    expect(await rowOf('jkt.match', good, { jkt: Ed25519.jkt })).toMatchObject({
      status: 'fail',
      because: 'The token is bound to another key.',
      expected: Ed25519.jkt,
      received: ES256.jkt,
    })
  })

  test('what the caller found about other rows stands in theirs', async () => {
    const because = 'The token has expired.'
    const findings = { 'token.valid': { status: 'fail', because } } as const
    expect(await rowOf('token.valid', good, { findings })).toMatchObject({ status: 'fail', because })
  })
})

const SENTENCE = /^[A-Z].{8,}\.$/
