import { randomBytes } from 'node:crypto'
import { createNonces } from '@keybound/dpop/server'
import { memoryLedger } from '@keybound/stores/memory'
import { type Effort, ratiosTo, type Timings, timeInRounds } from '../paired.ts'
import type { Section } from '../section.ts'
import { RESOURCE } from './names.ts'
import { protection } from './protection.ts'
import { createAccessToken, createKey, createWork, signJwt } from './work.ts'

const good = 'a good proof'
const goodByNewKey = 'a good proof by a new key'
const noise = 'garbage: 4 KB of noise'
const segments = 'garbage: three segments'
const offCurve = 'garbage: no point of the curve'

/**
 * What an attacker sends who has no key: each must cost the server at most a fifth of a good proof's CPU. The dearest is a point beside the curve: it is
 * always a key that was never seen, whose header has to be read. The last one has a signature that must be verified.
 */
export async function benchGarbage(effort: Effort): Promise<Section> {
  const server = await createKey()
  const nonces = createNonces({ secret: 'a bench needs no secret, only 32 octets' })
  const protect = protection(server, { ledger: memoryLedger(), nonces })
  const client = await createKey()
  const token = createAccessToken(server, client)
  const withProof = (dpop: string) =>
    new Request(RESOURCE, { headers: { authorization: `DPoP ${token}`, dpop } })

  let work: Record<string, Request>[] = []
  const kinds = [good, goodByNewKey, noise, segments, offCurve, 'an hour old', 'forged']
  const timings = await timeInRounds(
    kinds.map((name) => ({
      name,
      async run(i) {
        const accepted = await protect(work[i]?.[name] as Request, { scope: 'profile' }).then(
          () => true,
          () => false,
        )
        if (accepted !== (name === good || name === goodByNewKey))
          throw new Error(`${name}: ${accepted ? 'accepted' : 'refused'}`)
      },
    })),
    {
      ...effort,
      async prepare() {
        const now = Math.floor(Date.now() / 1000)
        const nonce = await nonces.issue(now)
        const header = { typ: 'dpop+jwt', alg: 'ES256', jwk: client.publicJwk }
        const claims = { htm: 'GET', htu: RESOURCE, iat: now, nonce, ath: '' }
        const strangers = await Promise.all(Array.from({ length: effort.size }, createKey))
        work = strangers.map((stranger) => {
          const jti = crypto.randomUUID()
          const { nonceRequest } = createWork(client, token, nonce)
          const [head, payload] = (nonceRequest.headers.get('dpop') ?? '').split('.')
          const besideTheCurve = { ...client.publicJwk, x: randomBytes(32).toString('base64url') }
          return {
            [good]: nonceRequest,
            [goodByNewKey]: createWork(stranger, createAccessToken(server, stranger), nonce).nonceRequest,
            [noise]: withProof(randomBytes(3000).toString('base64url')),
            [segments]: withProof(
              [100, 200, 64].map((size) => randomBytes(size).toString('base64url')).join('.'),
            ),
            [offCurve]: withProof(
              signJwt({ ...header, jwk: besideTheCurve }, { ...claims, jti }, client.privateKey),
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
    target: { name: offCurve, ratio: 5 },
    rows: ratiosTo(good, timings),
    notes: [
      `${offCurve}: ${shareOf(goodByNewKey, offCurve, timings)} of the CPU of ${goodByNewKey}, which needs an import and two verifications`,
      'forged: an ES256 signature of the right form, which only its verification can tell from a good one',
    ],
  }
}

function shareOf(whole: string, part: string, timings: Timings): string {
  const row = ratiosTo(whole, timings).find(({ name }) => name === part)
  return (1 / (row?.ratio ?? Number.NaN)).toFixed(2)
}
