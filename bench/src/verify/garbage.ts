import { randomBytes } from 'node:crypto'
import { createNonces } from '@keybound/dpop/server'
import { memoryLedger } from '@keybound/stores/memory'
import { type Effort, ratiosTo, timeInRounds } from '../paired.ts'
import type { Section } from '../section.ts'
import { RESOURCE } from './names.ts'
import { protection } from './protection.ts'
import { createAccessToken, createKey, createWork, type Key, signJwt } from './work.ts'

const good = 'a good proof'
const noise = 'garbage: 4 KB of noise'

/** What an attacker sends who has no key: each must cost the server at most a fifth of a good proof's CPU. The last one has a signature that must be verified. */
export async function benchGarbage(server: Key, effort: Effort): Promise<Section> {
  const nonces = createNonces({ secret: 'a bench needs no secret, only 32 octets' })
  const protect = protection(server, { ledger: memoryLedger(), nonces })
  const client = await createKey()
  const token = createAccessToken(server, client)
  const withProof = (dpop: string) =>
    new Request(RESOURCE, { headers: { authorization: `DPoP ${token}`, dpop } })

  let work: Record<string, Request>[] = []
  const kinds = [
    good,
    noise,
    'garbage: three segments',
    'garbage: no point of the curve',
    'an hour old',
    'forged',
  ]
  const timings = await timeInRounds(
    kinds.map((name) => ({
      name,
      async run(i) {
        const accepted = await protect(work[i]?.[name] as Request, { scope: 'profile' }).then(
          () => true,
          () => false,
        )
        if (accepted !== (name === good)) throw new Error(`${name}: ${accepted ? 'accepted' : 'refused'}`)
      },
    })),
    {
      ...effort,
      async prepare() {
        const now = Math.floor(Date.now() / 1000)
        const nonce = await nonces.issue(now)
        const header = { typ: 'dpop+jwt', alg: 'ES256', jwk: client.publicJwk }
        const claims = { htm: 'GET', htu: RESOURCE, iat: now, nonce, ath: '' }
        work = Array.from({ length: effort.size }, () => {
          const jti = crypto.randomUUID()
          const { nonceRequest } = createWork(client, token, nonce)
          const [head, payload] = (nonceRequest.headers.get('dpop') ?? '').split('.')
          const offCurve = { ...client.publicJwk, x: randomBytes(32).toString('base64url') }
          return {
            [good]: nonceRequest,
            [noise]: withProof(randomBytes(3000).toString('base64url')),
            'garbage: three segments': withProof(
              [100, 200, 64].map((size) => randomBytes(size).toString('base64url')).join('.'),
            ),
            'garbage: no point of the curve': withProof(
              signJwt({ ...header, jwk: offCurve }, { ...claims, jti }, client.privateKey),
            ),
            'an hour old': withProof(signJwt(header, { ...claims, jti, iat: now - 3600 }, client.privateKey)),
            forged: withProof(`${head}.${payload}.${randomBytes(64).toString('base64url')}`),
          }
        })
      },
    },
  )
  return {
    title: 'Refusing what is no proof, beside accepting one with a known key and token, nonces on',
    baseline: good,
    target: { name: noise, ratio: 5 },
    rows: ratiosTo(good, timings),
    notes: [
      'forged: an ES256 signature of the right form, which only its verification can tell from a good one',
    ],
  }
}
