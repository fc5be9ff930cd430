import { requirement, testKeys } from '@keybound/testkit'
import rfc9449 from '@keybound/testkit/vectors/rfc9449.json' with { type: 'json' }
import { describe, expect } from 'vitest'
import { claims, header, judged, now, sha256, signed, withClaims, withHeader } from '../../test/judged.ts'
import { checkProof, createNonces, defaultProofPolicy, proofPolicy } from '../index.ts'

describe('the figures of RFC 9449', () => {
  for (const { figures, proof, method, url, iat, accessToken } of rfc9449.proofs) {
    requirement('DPOP-4.3-06', `figure ${figures.join(' and ')} is accepted in its own time`, async () => {
      const expected = { method, url, accessToken, now: iat, policy: defaultProofPolicy }
      expect((await checkProof(proof, expected)).jkt).toBe(rfc9449.key.jkt)
    })
  }
})

describe('(3): the claims', () => {
  requirement(
    ['DPOP-4.3-03', 'P-053', 'P-055'],
    'refuses jti, htm, htu and iat that are missing, empty or of another type',
    async () => {
      for (const name of ['jti', 'htm', 'htu'])
        for (const value of [undefined, null, '', 1, true, ['x'], { not: 'x' }, { contains: '' }])
          expect(await judged(withClaims({ [name]: value })), `${name} ${value}`).toBe('claims.required')
      for (const value of [undefined, null, '', String(now), true, [now], { gt: 0 }])
        expect(await judged(withClaims({ iat: value })), `iat ${value}`).toBe('claims.required')
    },
  )

  requirement(['P-054', 'DPOP-11.1-03'], 'takes a jti of 128 characters and none longer', async () => {
    expect(await judged(withClaims({ jti: 'j'.repeat(128) }))).toBe('accepted')
    for (const length of [129, 1500])
      expect(await judged(withClaims({ jti: 'j'.repeat(length) }))).toBe('claims.required')
  })

  requirement('P-085', 'refuses a nonce that is a number, an object or longer than 256', async () => {
    for (const nonce of [1, {}, [], null, 'n'.repeat(257)])
      expect(await judged(withClaims({ nonce })), String(nonce)).toBe('claims.required')
  })

  requirement('P-095', 'takes members that it does not know', async () => {
    expect(
      await judged(signed(header({ kid: 'x', jku: 'https://evil.test' }), claims({ sub: 'x', cnf: {} }))),
    ).toBe('accepted')
  })
})

describe('(4): typ', () => {
  requirement(
    ['DPOP-4.3-04', 'DPOP-11.5-01', 'P-018', 'P-019', 'P-020'],
    'refuses whatever is not exactly dpop+jwt: ID token, access token, client assertion',
    async () => {
      const others = [
        'JWT',
        'at+jwt',
        'client-authentication+jwt',
        'dpop+jwtx',
        'DPoP+JWT',
        'application/dpop+jwt',
        '',
        ' dpop+jwt',
      ]
      for (const typ of [undefined, null, 1, ['dpop+jwt'], ...others])
        expect(await judged(withHeader({ typ })), String(typ)).toBe('typ.dpop')
    },
  )
})

describe('(8): htm', () => {
  requirement(
    ['DPOP-4.3-08', 'P-058'],
    'refuses a proof made for another method, case included',
    async () => {
      for (const htm of ['get', 'Get', 'POST', '*', 'GET ', 'GET,POST'])
        expect(await judged(withClaims({ htm })), htm).toBe('htm.match')
      expect(await judged(withClaims({ htm: 'get' }), { method: 'get' })).toBe('accepted')
    },
  )
})

describe('(10): nonce', () => {
  const nonces = createNonces({ secret: 'a secret of at least thirty-two bytes' })

  requirement(
    ['DPOP-4.3-10', 'DPOP-8-08', 'DPOP-11.3-01', 'P-087'],
    'refuses a proof without a nonce, or with one that is not exactly of late',
    async () => {
      const good = await nonces.issue(now)
      expect(await judged(withClaims({ nonce: good }), { nonces })).toBe('accepted')
      expect(await judged(withClaims({ nonce: await nonces.issue(now - 60) }), { nonces })).toBe('accepted')
      const wrong = [
        undefined,
        '',
        'x',
        good.slice(0, -21),
        `${good}A`,
        await nonces.issue(now - 120),
        await nonces.issue(now + 60),
      ]
      for (const nonce of wrong)
        expect(await judged(withClaims({ nonce }), { nonces }), nonce).toBe('nonce.match')
    },
  )

  requirement(
    ['DPOP-8-03', 'DPOP-8.1-01'],
    'nonces are NQCHAR, and unpredictable without the secret',
    async () => {
      const other = createNonces({ secret: 'another secret of thirty-two bytes!!' })
      const seen = new Set<string>()
      for (let step = 0; step < 500; step++) {
        for (const one of [nonces, other]) {
          const nonce = await one.issue(now + 60 * step)
          expect(nonce).toMatch(/^[\x21\x23-\x5b\x5d-\x7e]+$/)
          seen.add(nonce.slice(-43))
        }
      }
      expect(seen.size).toBe(1000)
      expect(() => createNonces({ secret: 'short' })).toThrow(TypeError)
    },
  )
})

describe('(11): time', () => {
  requirement(
    ['DPOP-4.3-11', 'DPOP-11.1-01', 'DPOP-11.1-04', 'P-075', 'P-076', 'P-077', 'P-079'],
    'accepts from 20 s back to 10 s ahead, and nothing else',
    async () => {
      for (const iat of [now - 20, now - 10, now, now + 8, now + 10, now + 9.999, now - 19.5])
        expect(await judged(withClaims({ iat })), String(iat)).toBe('accepted')
      for (const iat of [now - 20.001, now + 10.001, now - 3600, now + 3600, now * 1000, 0])
        expect(await judged(withClaims({ iat })), String(iat)).toBe('iat.window')
    },
  )

  requirement(
    ['P-073', 'P-074'],
    'refuses numbers that are no time, and takes other spellings of one that is',
    async () => {
      const spelled = (number: string) =>
        signed(header(), JSON.stringify(claims()).replace(/"iat":\d+/, `"iat":${number}`))
      for (const number of ['1e400', '-1', '-1767225600'])
        expect(await judged(spelled(number)), number).toBe('claims.required')
      for (const number of ['-0', '9007199254740993'])
        expect(await judged(spelled(number)), number).toBe('iat.window')
      expect(await judged(spelled(`${now / 10}e1`))).toBe('accepted')
      expect(await judged(spelled('NaN'))).toBe('jwt.wellformed')
    },
  )

  requirement('P-080', 'honours exp and nbf where they are given', async () => {
    expect(await judged(withClaims({ exp: now + 300, nbf: now }))).toBe('accepted')
    expect(await judged(withClaims({ exp: now - 1 }))).toBe('iat.window')
    expect(await judged(withClaims({ nbf: now + 60 }))).toBe('iat.window')
    expect(await judged(withClaims({ exp: 'soon' }))).toBe('claims.required')
  })

  requirement(
    ['DPOP-11.1-05', 'DPOP-4.3-11'],
    'judges by the time in the nonce alone where policy says so',
    async () => {
      const nonces = createNonces({ secret: 'a secret of at least thirty-two bytes' })
      const policy = proofPolicy({ freshness: 'nonce' })
      const wrongClock = withClaims({ iat: now - 86_400, nonce: await nonces.issue(now) })
      expect(await judged(wrongClock, { nonces })).toBe('iat.window')
      expect(await judged(wrongClock, { nonces, policy })).toBe('accepted')
      expect(await judged(wrongClock, { nonces, policy, now: now + 180 })).toBe('nonce.match')
      expect(await judged(withClaims({ iat: now - 86_400 }), { policy })).toBe('iat.window')
    },
  )

  requirement(
    ['DPOP-11.1-05', 'DPOP-4.3-11'],
    'judges by iat alone where policy says so, and a nonce of this server is needed all the same',
    async () => {
      const nonces = createNonces({ secret: 'a secret of at least thirty-two bytes' })
      const policy = proofPolicy({ freshness: 'iat' })
      const oldNonce = withClaims({ nonce: await nonces.issue(now - 86_400) })
      expect(await judged(oldNonce, { nonces })).toBe('nonce.match')
      expect(await judged(oldNonce, { nonces, policy })).toBe('accepted')
      expect(await judged(oldNonce, { nonces, policy, now: now + 21 })).toBe('iat.window')
      for (const nonce of [undefined, 'foreign', await nonces.issue(now + 60)])
        expect(await judged(withClaims({ nonce }), { nonces, policy })).toBe('nonce.match')
    },
  )
})

describe('(12): the access token', () => {
  requirement(
    ['DPOP-4.3-12a', 'DPOP-7-03', 'P-088', 'P-089'],
    'refuses an ath that is missing, of another token, padded, hex, or of the header value',
    async () => {
      const accessToken = 'the.token.itself'
      const hash = sha256(accessToken)
      expect(await judged(withClaims({ ath: hash }), { accessToken })).toBe('accepted')
      const wrong = [
        undefined,
        sha256('another.token'),
        `${hash}=`,
        sha256(`DPoP ${accessToken}`),
        Buffer.from(hash, 'base64url').toString('hex'),
        hash.toLowerCase(),
        '',
      ]
      for (const ath of wrong)
        expect(await judged(withClaims({ ath }), { accessToken }), ath).toBe('ath.match')
    },
  )

  requirement('DPOP-7-04', 'a right ath replaces none of the other checks', async () => {
    const accessToken = 'the.token.itself'
    const ath = sha256(accessToken)
    expect(await judged(withClaims({ ath, htm: 'POST' }), { accessToken })).toBe('htm.match')
    expect(await judged(withClaims({ ath, htu: 'https://other.example/' }), { accessToken })).toBe(
      'htu.match',
    )
    expect(await judged(withClaims({ ath, iat: now - 60 }), { accessToken })).toBe('iat.window')
    expect(
      await judged(signed(header({ jwk: testKeys.otherES256.publicJwk }), claims({ ath })), { accessToken }),
    ).toBe('sig.valid')
  })
})
