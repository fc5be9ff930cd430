import { describe, expect, test } from 'vitest'
import { claims, expected, header, judged, now, signed, url, withClaims } from '../../test/judged.ts'
import { checksWithout } from '../lab/checks-without.ts'
import { createNonces } from '../nonce/nonces.ts'
import { checkProof } from './check-proof.ts'
import { explainProof } from './explain-proof.ts'
import { acceptableFrom } from './proof-expiry.ts'
import { defaultProofPolicy } from './proof-policy.ts'
import { readProofText } from './proof-reading.ts'
import { readProof } from './read-proof.ts'
import { signatureValid } from './signature-valid.ts'

const good = withClaims({})

async function sentence(id: string, proof: string): Promise<string | undefined> {
  const { checks } = await explainProof(proof, expected)
  return checks.find((check) => check.id === id)?.because
}

describe('a limit is the last that is accepted', () => {
  test('of the length of a proof', async () => {
    const policy = { ...defaultProofPolicy, maxProof: good.length }
    expect(await judged(good, { policy })).toBe('accepted')
    expect(await judged(good, { policy: { ...policy, maxProof: good.length - 1 } })).toBe('jwt.wellformed')
  })

  test('of the length of jti and nonce', async () => {
    expect(await judged(withClaims({ jti: 'j'.repeat(128), nonce: 'n'.repeat(256) }))).toBe('accepted')
  })

  test('of nbf', async () => {
    expect(await judged(withClaims({ nbf: now + 10 }))).toBe('accepted')
    expect(await judged(withClaims({ nbf: now + 10.001 }))).toBe('iat.window')
  })

  test('of time itself: before 1970 there are no proofs', async () => {
    expect(await judged(withClaims({ exp: -1 }))).toBe('claims.required')
    expect(await judged(withClaims({ iat: -1 }))).toBe('claims.required')
  })
})

describe('a refusal says which claim it is about, and what is wrong with it', () => {
  test.each([
    [{ jti: undefined }, 'The claim jti is missing.'],
    [{ jti: '' }, 'The claim jti is not usable.'],
    [{ jti: 'j'.repeat(129) }, 'The claim jti is too long.'],
    [{ htm: undefined }, 'The claim htm is missing.'],
    [{ htu: 1 }, 'The claim htu is not usable.'],
    [{ iat: '1' }, 'The claim iat is not usable.'],
    [{ nonce: 1 }, 'The claim nonce is not usable.'],
    [{ nonce: 'n'.repeat(257) }, 'The claim nonce is too long.'],
    [{ ath: 1 }, 'The claim ath is not usable.'],
    [{ exp: 'x' }, 'The claim exp is not usable.'],
    [{ nbf: 'x' }, 'The claim nbf is not usable.'],
  ])('%j', async (change, because) => {
    expect(await sentence('claims.required', withClaims(change))).toBe(because)
  })

  test('too old is told from dated ahead', async () => {
    expect(await sentence('iat.window', withClaims({ iat: now - 21 }))).toBe('The proof is too old.')
    expect(await sentence('iat.window', withClaims({ iat: now + 11 }))).toBe('The proof is dated ahead.')
  })

  test.each(['', 'a', 'a.b', '.', '..', '.a.b', 'a..b', 'a.b.c.d'])('%j is no compact JWS', async (text) => {
    expect(await sentence('jwt.wellformed', text)).toBe('The proof is not a compact JWS.')
  })

  test('an empty field is told from two', () => {
    const read = (dpop: string) => () => readProof(new Headers({ dpop }))
    expect(read('')).toThrow('header.single: The DPoP header is empty.')
    expect(read('a, b')).toThrow('header.single: There is more than one DPoP header field')
  })
})

describe('a signature of the wrong length', () => {
  const hintOf = async (...octets: number[]) => {
    const text = `${good.slice(0, good.lastIndexOf('.'))}.${Buffer.from(octets).toString('base64url')}`
    return (await explainProof(text, expected)).checks.find(({ id }) => id === 'sig.valid')?.hint
  }

  test('is taken for DER where it begins as DER does, in either form of the length', async () => {
    expect(await hintOf(0x30, 0x44, 0x02, 0x20)).toContain('DER')
    expect(await hintOf(0x30, 0x81, 0x44, 0x02)).toContain('DER')
  })

  test('and for nothing in particular elsewhere', async () => {
    expect(await hintOf(0x30, 0x44, 0x03, 0x20)).toBeUndefined()
    expect(await hintOf(0x31, 0x44, 0x02, 0x02)).toBeUndefined()
  })
})

test('a key that the platform does not take is a proof that is not accepted', async () => {
  const reading = { ...readProofText(good, good.length), importKey: () => undefined }
  expect(await signatureValid(reading)).toEqual({
    status: 'fail',
    because: 'The key of the proof could not be used.',
  })
})

describe('the instant from which a proof could have been accepted', () => {
  const at = (nonceSince: number | undefined, freshness: 'iat' | 'nonce' | 'both' = 'both') =>
    acceptableFrom(100, nonceSince, { ...defaultProofPolicy, freshness })

  test('is that of its iat under the fastest clock, or that of its nonce where that is later', () => {
    expect([at(undefined), at(50), at(95)]).toEqual([90, 90, 95])
    expect([at(undefined, 'nonce'), at(50, 'iat'), at(95, 'iat')]).toEqual([90, 90, 95])
  })

  test('is that of the nonce alone where iat says nothing', () => {
    expect([at(50, 'nonce'), at(200, 'nonce')]).toEqual([50, 200])
  })

  test('is told by the proof', async () => {
    const nonces = createNonces({ secret: 'x'.repeat(32), step: 50 })
    const policy = { ...defaultProofPolicy, freshness: 'nonce' } as const
    const nonce = await nonces.issue(now)
    const proof = await checkProof(withClaims({ nonce, iat: 1 }), { ...expected, nonces, policy })
    expect(proof).toMatchObject({ acceptableFrom: now - (now % 50), expiresAt: now - (now % 50) + 101 })
  })
})

describe('a rule that the attack lab switches off', () => {
  const other = signed(header(), claims({ htm: 'POST' }))

  test('decides nothing, and the others go on', async () => {
    expect(await judged(other, { checks: checksWithout(['htm.match']) })).toBe('accepted')
    expect(await judged(other, { checks: checksWithout(['htu.match']) })).toBe('htm.match')
    expect(await judged(other, { checks: checksWithout(['htm.match']), url: `${url}/x` })).toBe('htu.match')
  })

  test('is told as such', async () => {
    const off = await explainProof(other, { ...expected, checks: checksWithout(['htm.match']) })
    expect(off.outcome).toBe('accepted')
    expect(off.checks.find(({ id }) => id === 'htm.match')).toMatchObject({
      status: 'skipped',
      because: 'This check is switched off.',
    })
  })
})
