import { forgeProof } from '@keybound/dpop/testing'
import { type Exchange, refusalOf } from '@keybound/exchange'
import { memoryInUse } from '../stage/memory-in-use.ts'
import type { Attack } from './attack.ts'
import { withProof } from './credentials.ts'

export const flood: Attack = {
  number: 18,
  id: 'flood',
  title: 'Huge and random proofs',
  story:
    'The thief wants no data but an API that is busy: a header of 20 KB, fifty random texts, and a well-signed proof of 6 KB, to make the server decode and verify.',
  why: 'Sizes are looked at before anything is decoded, so refusing costs next to nothing, and nothing is written. Without the limit the server parses and verifies whatever is sent.',
  defence: { name: 'Limit the size of a proof', off: { policy: { maxProof: 60_000 } } },
  expected: {
    withNonce: ['http.header_size', 'jwt.wellformed'],
    withoutNonce: ['http.header_size', 'jwt.wellformed'],
  },
  measures: {
    what: 'Memory that the lab holds on to, its notes of this attack included',
    read: () => `${(memoryInUse() / 1e6).toFixed(1)} MB`,
  },
  withBearer: 'none',
  code: { file: 'packages/dpop/src/proof/proof-reading.ts', line: 'if (text.length > maxLength) {' },
  async run({ signIn, thief, world, profileUrl: url }) {
    const { accessToken } = await signIn()
    const sent: Exchange[] = []
    const send = async (step: string, proof: string) => {
      sent.push(await thief.send({ step, url, headers: withProof(accessToken, proof) }))
    }
    await send('A header of 20 KB', 'x'.repeat(20_000))
    for (let count = 1; count <= 50; count++) await send(`Random text ${count} of 50`, randomText())
    const nonce = await world.nonces.api?.issue(world.clock())
    const parts = { method: 'GET', url, accessToken, nonce, now: world.clock() }
    const large = await forgeProof(thief.signer, { ...parts, claims: { padding: 'x'.repeat(4500) } })
    await send('A well-signed proof of 6 KB', String(large))
    return sent
  },
  // Nothing is to be had here but work: it succeeds where the large proof was decoded and verified.
  succeeded: (decisive) =>
    decisive.some(
      (exchange) => !cheap.has(refusalOf(exchange)?.reason ?? 'none') && exchange.response?.status !== 431,
    ),
}

const cheap = new Set(['jwt.wellformed'])

function randomText(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(300))).toString('base64url')
}
