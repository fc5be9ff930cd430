import { type Effort, ratiosTo, timeInRounds } from '../paired.ts'
import type { Section } from '../section.ts'
import { createAccessToken, createKey } from '../verify/work.ts'
import { webBuild } from '../web-build.ts'
import { ours } from './ours.ts'
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
const OURS_WEB = `${OURS}, browser and edge build`

/** Making the proof of one request with a bound token. @see performance.md §2 */
export async function benchCreate(effort: Effort): Promise<Section[]> {
  const web = await webBuild<{ ours: typeof ours }>('create/ours.ts')
  const [raw, dpop, peer] = [await rawSign(), await dpopPackage(), await oauth4webapi()]
  return [
    await section('Creating a proof (ES256, with ath)', { name: OURS, ratio: 0.85 }, effort, [
      raw,
      await ours(OURS),
      dpop,
      await jose(),
      peer,
      await openidClientPackage(),
      await atproto(),
    ]),
    await section(
      'Creating a proof without node:crypto (ES256, with ath, a key that cannot be exported)',
      { name: OURS_WEB, ratio: 1.5 },
      effort,
      [dpop, peer, await web.ours(OURS_WEB)],
    ),
  ]
}

/** The first of the creators is the baseline. */
async function section(
  title: string,
  target: { name: string; ratio: number },
  effort: Effort,
  creators: readonly [Creator, ...Creator[]],
): Promise<Section> {
  const accessToken = createAccessToken(await createKey(), await createKey())
  const timings = await timeInRounds(
    creators.map(({ name, create }) => ({ name, run: () => create(accessToken) })),
    { ...effort, prepare() {} },
  )
  const baseline = creators[0].name
  return { title, baseline, target, rows: ratiosTo(baseline, timings), notes: [] }
}
