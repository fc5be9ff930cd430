import { createProof, generateKey } from '@keybound/dpop/client'
import { type Ratio, ratiosTo, timeInRounds } from '../paired.ts'
import type { Section } from '../section.ts'
import { createAccessToken, createKey, RESOURCE } from '../verify/work.ts'
import {
  atproto,
  type Creator,
  dpopPackage,
  jose,
  oauth4webapi,
  openidClientPackage,
  rawSign,
} from './peers.ts'

const OURS = '@keybound/dpop createProof'

/** Making the proof of one request with a bound token. @see performance.md §2 */
export async function benchCreate({ size, rounds }: { size: number; rounds: number }): Promise<Section[]> {
  const accessToken = createAccessToken(await createKey(), await createKey())
  const raw = await rawSign()
  const creators: Creator[] = [
    raw,
    await ours(),
    await dpopPackage(),
    await jose(),
    await oauth4webapi(),
    await openidClientPackage(),
    await atproto(),
  ]
  const timings = await timeInRounds(
    creators.map(({ name, create }) => ({ name, run: () => create(accessToken) })),
    { size, rounds, warmup: 2, prepare() {} },
  )
  const rows: readonly Ratio[] = ratiosTo(raw.name, timings)
  return [
    {
      title: 'Creating a proof (ES256, with ath)',
      baseline: raw.name,
      target: { name: OURS, ratio: 0.85 },
      rows,
      notes: [],
    },
  ]
}

async function ours(): Promise<Creator> {
  const signer = await generateKey('ES256')
  return {
    name: OURS,
    create: (accessToken) => createProof(signer, { method: 'GET', url: RESOURCE, accessToken }),
  }
}
