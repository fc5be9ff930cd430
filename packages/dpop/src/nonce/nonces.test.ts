import { requirement } from '@keybound/testkit'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nonceMatch } from './nonce-match.ts'
import { createNonces } from './nonces.ts'

const secret = 'an authorization server nonce secret'
const nonces = createNonces({ secret })
const start = 1_800_000_000 - (1_800_000_000 % 60)

describe('createNonces', () => {
  requirement(
    ['DPOP-8.1-01', 'DPOP-9-01'],
    'makes nonces of NQCHAR, short enough to be sent in every proof',
    async () => {
      expect(await nonces.issue(start)).toMatch(/^[\x21\x23-\x5b\x5d-\x7e]{20,256}$/)
    },
  )

  requirement(
    'DPOP-8-03',
    'nobody without the secret can tell the next nonce, and a secret gives the same nonces everywhere',
    async () => {
      const replica = createNonces({ secret: new TextEncoder().encode(secret) })
      const other = createNonces({ secret: `${secret}.` })
      expect(await replica.issue(start)).toBe(await nonces.issue(start))
      expect(await other.issue(start)).not.toBe(await nonces.issue(start))
      expect(await nonces.issue(start + 60)).not.toBe(await nonces.issue(start))
      expect(await replica.check(await nonces.issue(start), start)).toMatchObject({ live: true })
    },
  )

  requirement(
    ['DPOP-8-08', 'DPOP-8-10', 'P-083'],
    'accepts the nonce of this step and of the one before, until the instant it says',
    async () => {
      const nonce = await nonces.issue(start + 10)
      for (const now of [start, start + 59.9])
        expect(await nonces.check(nonce, now)).toEqual({ live: true, since: start, until: start + 120 })
      for (const now of [start + 60, start + 119.999]) {
        expect(await nonces.check(nonce, now)).toEqual({ live: true, since: start, until: start + 120 })
      }
      expect(await nonces.check(nonce, start + 120)).toEqual({ live: false, because: 'stale' })
      expect(await nonces.check(nonce, start - 1)).toEqual({ live: false, because: 'foreign' })
      expect(await nonces.check(nonce, start + 86_400)).toEqual({ live: false, because: 'stale' })
    },
  )

  test('is live exactly until it is not, for any step and time', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 600 }),
        fc.integer({ min: 0, max: 2 ** 31 }),
        fc.integer({ min: 0, max: 2000 }),
        async (step, at, later) => {
          const some = createNonces({ secret, step })
          const nonce = await some.issue(at)
          const finding = await some.check(nonce, at + later)
          const end = (Math.floor(at / step) + 2) * step
          expect(finding).toEqual(
            at + later < end
              ? { live: true, since: end - 2 * step, until: end }
              : { live: false, because: 'stale' },
          )
        },
      ),
    )
  })

  requirement(
    ['P-082', 'P-087'],
    'refuses a nonce that is random, changed, cut, prolonged, or has the MAC of another step',
    async () => {
      const nonce = await nonces.issue(start)
      const earlier = await nonces.issue(start - 600)
      const [step = '', mac = ''] = nonce.split('.')
      const [earlierStep = ''] = earlier.split('.')
      const forged = [
        '',
        '.',
        nonce.replace(/[a-z]/, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0x100)),
        'x',
        nonce.slice(0, -1),
        nonce.slice(0, nonce.length / 2),
        `${nonce}A`,
        `${earlierStep}.${mac}`,
        `${step}.${mac.replace(/./, (c) => (c === 'A' ? 'B' : 'A'))}`,
        `.${mac}`,
        mac,
        `zzzzzzzzzzzz.${mac}`,
        `${step}.`,
        nonce.toUpperCase(),
        '\u0100'.repeat(nonce.length),
      ]
      for (const text of forged)
        expect(await nonces.check(text, start), text).toEqual({ live: false, because: 'foreign' })
    },
  )

  requirement('DPOP-9-04', 'a nonce of another server is foreign', async () => {
    const resource = createNonces({ secret: 'a resource server has a secret of its own' })
    expect(await resource.check(await nonces.issue(start), start)).toEqual({
      live: false,
      because: 'foreign',
    })
  })

  test('refuses a secret under 32 octets and a step that is none, at start', () => {
    expect(() => createNonces({ secret: 'x'.repeat(31) })).toThrow(TypeError)
    expect(() => createNonces({ secret: 'é'.repeat(16) })).not.toThrow()
    expect(() => createNonces({ secret: new Uint8Array(31) })).toThrow(TypeError)
    for (const step of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => createNonces({ secret, step })).toThrow(TypeError)
    }
  })

  test('a step is a minute unless another is given', async () => {
    const nonce = await createNonces({ secret }).issue(start)
    expect(await createNonces({ secret }).check(nonce, start + 119)).toMatchObject({ until: start + 120 })
    expect(await createNonces({ secret, step: 30 }).issue(start)).not.toBe(nonce)
  })

  test('does not notice when the caller overwrites the secret afterwards', async () => {
    const bytes = new TextEncoder().encode(secret)
    const some = createNonces({ secret: bytes })
    bytes.fill(0)
    expect(await some.issue(start)).toBe(await nonces.issue(start))
  })

  test('keeps only the steps in use, and gives the same nonce again after others were asked for', async () => {
    const first = await nonces.issue(start)
    for (let step = 1; step < 10; step++) await nonces.issue(start + step * 60)
    expect(await nonces.issue(start)).toBe(first)
  })
})

describe('nonceMatch', () => {
  test('is a challenge, never a failure, and says whether the nonce is missing, stale or foreign', async () => {
    const stale = await nonces.issue(start - 600)
    expect(await nonceMatch(undefined, nonces, start)).toMatchObject({
      status: 'challenge',
      received: 'nothing',
    })
    expect(await nonceMatch(stale, nonces, start)).toMatchObject({
      status: 'challenge',
      because: 'The nonce is too old.',
    })
    const foreign = await nonceMatch('foreign', nonces, start)
    expect(foreign).toMatchObject({ status: 'challenge', received: '"foreign"' })
    expect(foreign.hint).toContain('per server')
  })

  test('passes a live one with its end', async () => {
    expect(await nonceMatch(await nonces.issue(start), nonces, start)).toEqual({
      status: 'pass',
      since: start,
      until: start + 120,
    })
  })
})

requirement(
  'L-011',
  'a nonce of an earlier memory of the ledger is foreign, and a new one is no older than this one',
  async () => {
    let epoch = { id: '', since: 0 }
    const some = createNonces({ secret, epoch: () => epoch })
    const before = await some.issue(start)
    epoch = { id: 'after a flush', since: start + 7 }
    expect(await some.check(before, start + 8)).toEqual({ live: false, because: 'foreign' })
    const after = await some.issue(start + 8)
    expect(await some.check(after, start + 8)).toEqual({ live: true, since: start + 7, until: start + 120 })
  },
)
