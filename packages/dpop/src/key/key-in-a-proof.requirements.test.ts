import { createHmac, createPublicKey, generateKeyPairSync, type JsonWebKey, sign } from 'node:crypto'
import { requirement, testKeys } from '@keybound/testkit'
import { describe, expect } from 'vitest'
import { claims, expected, header, judged, segment, signed, withHeader } from '../../test/judged.ts'
import { checkProof, explainProof, proofPolicy } from '../index.ts'

const { ES256, PS256, Ed25519, ES384, ES512, otherES256 } = testKeys

describe('(5): alg', () => {
  requirement(
    ['DPOP-4.3-05', 'DPOP-11.6-01', 'DPOP-11.6-02', 'P-021', 'P-022'],
    'refuses none, MACs, what is unknown, and what policy does not allow',
    async () => {
      for (const alg of [
        undefined,
        null,
        1,
        '',
        'none',
        'None',
        'nOnE',
        'HS256',
        'HS512',
        'RS256',
        'ES256K',
        'PS384',
        'es256',
        'toString',
        '__proto__',
      ])
        expect(await judged(withHeader({ alg })), String(alg)).toBe('alg.allowed')
      const unsigned = `${segment(header({ alg: 'none' }))}.${segment(claims())}`
      for (const signature of ['.', '.AAAA']) expect(await judged(unsigned + signature)).toBe('alg.allowed')
    },
  )

  requirement(['P-023', 'P-024'], 'refuses a MAC keyed with the public key in any of its forms', async () => {
    const key = createPublicKey({ key: ES256.publicJwk as JsonWebKey, format: 'jwk' })
    const secrets = [
      key.export({ format: 'pem', type: 'spki' }),
      JSON.stringify(ES256.publicJwk),
      Buffer.from(ES256.publicJwk.x ?? '', 'base64url'),
    ]
    for (const secret of secrets)
      for (const jwk of [ES256.publicJwk, { kty: 'oct', k: 'c2VjcmV0' }]) {
        const input = `${segment(header({ alg: 'HS256', jwk }))}.${segment(claims())}`
        expect(
          await judged(`${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`),
        ).toBe('alg.allowed')
      }
  })

  requirement(
    ['DPOP-4.3-05', 'P-025'],
    'takes each algorithm of the default policy, and two more where policy allows them',
    async () => {
      const proofs = [ES256, PS256, Ed25519].map((key) => signed(header({}, key), claims(), key))
      proofs.push(signed(header({ alg: 'EdDSA' }, Ed25519), claims(), Ed25519))
      for (const proof of proofs) expect(await judged(proof)).toBe('accepted')
      const policy = proofPolicy({ algs: ['ES384', 'ES512'] })
      for (const key of [ES384, ES512]) {
        const proof = signed(header({}, key), claims(), key)
        expect(await judged(proof)).toBe('alg.allowed')
        expect(await judged(proof, { policy })).toBe('accepted')
      }
      expect(await judged(proofs[0] ?? '', { policy })).toBe('alg.allowed')
    },
  )
})

describe('(7): jwk', () => {
  requirement(
    ['OPS-22', 'DPOP-4.3-07', 'DPOP-4.2-05', 'P-037', 'P-039'],
    'refuses any private or symmetric member, of any kind of key, and does not repeat it',
    async () => {
      for (const name of ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'])
        for (const key of [ES256, PS256, Ed25519]) {
          const jwk = { ...key.publicJwk, [name]: ES256.privateJwk.d }
          expect(await judged(withHeader({ jwk }, key)), `${name} ${key.alg}`).toBe('jwk.public')
        }
      const { d, ...members } = ES256.privateJwk
      for (const jwk of [ES256.privateJwk, [{ d, ...members }], JSON.stringify({ d, ...members }), d]) {
        const proof = withHeader({ jwk })
        expect(await judged(proof)).toBe('jwk.public')
        const refused = await checkProof(proof, expected).catch(String)
        expect(`${refused} ${JSON.stringify(await explainProof(proof, expected))}`).not.toContain(d)
      }
    },
  )

  requirement(
    ['P-036', 'P-041', 'P-043', 'P-040'],
    'refuses no jwk, one that is no object, and an unknown kty',
    async () => {
      for (const jwk of [undefined, null, 'x', 1, [], [ES256.publicJwk], {}])
        expect(await judged(withHeader({ jwk, kid: 'web-key' })), JSON.stringify(jwk)).toBe('jwk.public')
      for (const kty of [undefined, 'ec', 'oct', 'AKP', 1])
        expect(await judged(withHeader({ jwk: { ...ES256.publicJwk, kty } })), String(kty)).toBe('jwk.public')
    },
  )

  requirement(['P-026', 'P-034'], 'refuses a key of another curve or kind than the alg says', async () => {
    const pairs = [
      ['ES256', ES384],
      ['ES384', ES256],
      ['ES256', Ed25519],
      ['PS256', ES256],
      ['EdDSA', ES256],
      ['Ed25519', PS256],
    ] as const
    const policy = proofPolicy({ algs: ['ES256', 'PS256', 'Ed25519', 'EdDSA', 'ES384'] })
    for (const [alg, key] of pairs)
      expect(await judged(withHeader({ alg }, key), { policy }), `${alg} ${key.alg}`).toBe('jwk.public')
    for (const crv of ['Ed448', 'X25519'])
      for (const alg of ['EdDSA', 'Ed25519'])
        expect(await judged(withHeader({ alg, jwk: { ...Ed25519.publicJwk, crv } }, Ed25519))).toBe(
          'jwk.public',
        )
    expect(await judged(withHeader({ alg: 'Ed448' }, Ed25519))).toBe('alg.allowed')
  })

  requirement(
    ['P-031', 'P-033'],
    'refuses RSA keys that are too small or have no sane exponent',
    async () => {
      for (const modulusLength of [1024, 2040]) {
        const { publicKey, privateKey } = generateKeyPairSync('rsa', {
          modulusLength,
          publicKeyEncoding: { format: 'jwk' },
          privateKeyEncoding: { format: 'pem', type: 'pkcs8' },
        } as never) as unknown as { publicKey: JsonWebKey; privateKey: string }
        const input = `${segment(header({ alg: 'PS256', jwk: publicKey }))}.${segment(claims())}`
        const signature = sign('sha256', Buffer.from(input), { key: privateKey, padding: 6, saltLength: 32 })
        expect(await judged(`${input}.${signature.toString('base64url')}`), String(modulusLength)).toBe(
          'jwk.public',
        )
      }
      for (const e of ['', 'AA', 'AQ', 'Ag', 'BA', 'AAEAAQ'])
        expect(await judged(withHeader({ jwk: { ...PS256.publicJwk, e } }, PS256)), e).toBe('jwk.public')
    },
  )

  requirement('S-036', 'ignores harmless members and refuses contradicting ones', async () => {
    const harmless = [
      { kid: 'x' },
      { use: 'sig' },
      { alg: 'ES256' },
      { x5t: 'x' },
      { key_ops: ['verify'] },
      { ext: true },
    ]
    for (const more of harmless)
      expect(await judged(withHeader({ jwk: { ...ES256.publicJwk, ...more } })), JSON.stringify(more)).toBe(
        'accepted',
      )
    for (const more of [{ use: 'enc' }, { alg: 'ES384' }, { alg: 'RS256' }, { key_ops: ['sign'] }])
      expect(await judged(withHeader({ jwk: { ...ES256.publicJwk, ...more } })), JSON.stringify(more)).toBe(
        'jwk.public',
      )
  })

  requirement('P-045', 'ignores a kid, whatever stands in it', async () => {
    for (const kid of ['../../etc/passwd', "' OR 1=1 --", 'a\r\nb', 'k'.repeat(1500)])
      expect(await judged(withHeader({ kid })), kid.slice(0, 20)).toBe('accepted')
  })

  requirement('P-046', 'refuses crit in any form', async () => {
    for (const crit of [['foo'], [], 'foo', ['exp'], null, {}])
      expect(await judged(withHeader({ crit })), JSON.stringify(crit)).toBe('crit.none')
    expect(await judged(withHeader({ b64: false }))).toBe('crit.none')
  })

  requirement('P-048', 'inflates nothing: zip is ignored', async () => {
    expect(await judged(withHeader({ zip: 'DEF' }))).toBe('accepted')
  })
})

describe('(6): the signature', () => {
  const good = signed(header(), claims())
  const [head = '', payload = '', signature = ''] = good.split('.')
  const bytes = Buffer.from(signature, 'base64url')
  const order = Buffer.from('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551', 'hex')
  const withSignature = (value: Buffer) => `${head}.${payload}.${value.toString('base64url')}`

  requirement(
    ['DPOP-4.3-06', 'P-049', 'P-050'],
    'refuses one changed bit anywhere, and a signature by another key',
    async () => {
      const flipped = Buffer.from(bytes)
      flipped[10] = (flipped[10] ?? 0) ^ 1
      expect(await judged(withSignature(flipped))).toBe('sig.valid')
      expect(await judged(`${head}.${segment(claims({ jti: 'another' }))}.${signature}`)).toBe('sig.valid')
      expect(await judged(`${segment(header({ kid: 'x' }))}.${payload}.${signature}`)).toBe('sig.valid')
      expect(await judged(signed(header(), claims(), otherES256))).toBe('sig.valid')
    },
  )

  requirement(
    ['P-028', 'P-029'],
    'refuses r or s of zero or of the order, DER, and any other length',
    async () => {
      const [r, s] = [bytes.subarray(0, 32), bytes.subarray(32)]
      const zero = Buffer.alloc(32)
      for (const value of [
        Buffer.concat([zero, zero]),
        Buffer.concat([order, s]),
        Buffer.concat([r, order]),
        Buffer.concat([zero, s]),
      ])
        expect(await judged(withSignature(value))).toBe('sig.valid')
      const der = sign('sha256', Buffer.from(`${head}.${payload}`), {
        key: ES256.privateJwk as JsonWebKey,
        format: 'jwk',
      } as never)
      for (const value of [
        der,
        bytes.subarray(1),
        bytes.subarray(0, 63),
        Buffer.concat([bytes, Buffer.from([0])]),
        Buffer.alloc(0),
      ])
        expect(await judged(withSignature(value))).toBe('sig.valid')
    },
  )
})
