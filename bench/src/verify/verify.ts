import { memoryLedger } from '@keybound/stores/memory'
import { type Effort, type Ratio, ratiosTo, timeInRounds } from '../paired.ts'
import type { Section } from '../section.ts'
import { webBuild } from '../web-build.ts'
import { benchNonces, ours } from './ours.ts'
import {
  atproto,
  expressOauth2JwtBearer,
  naiveJose,
  oauth4webapi,
  oidcProvider,
  rawSubtleVerify,
  rawVerify,
  type Verifier,
} from './peers.ts'
import { createAccessToken, createKey, createWork, type Key, type Work } from './work.ts'

/** What is known from earlier requests. Everybody gets the same work; only a verifier that keeps something can gain from it. */
const WORKLOADS = {
  'known key, known token': { freshKey: false, freshToken: false },
  'known key, a new token each time': { freshKey: false, freshToken: true },
  'a new key and a new token each time': { freshKey: true, freshToken: true },
} as const

type Workload = keyof typeof WORKLOADS

/** Targets of the design, as ratios to one raw verify. */
const TARGETS: Record<Workload, number> = {
  'known key, known token': 0.8,
  'known key, a new token each time': 0.43,
  'a new key and a new token each time': 0.27,
}

/** One protected request: access token and proof, all checks. @see performance.md §1 */
export async function benchVerify(effort: Effort): Promise<Section[]> {
  const server = await createKey()
  const peer = await expressOauth2JwtBearer(server)
  const verifiers = [
    rawVerify(),
    naiveJose(server),
    oauth4webapi(server),
    peer,
    oidcProvider(server),
    await atproto(server),
    ours(server, OURS, memoryLedger()),
    ours(server, `${OURS}, nonces on`, memoryLedger(), benchNonces),
  ]
  const web = await webBuild<{ ours: typeof ours }>('verify/ours.ts')
  const onWebCrypto = [rawSubtleVerify(), web.ours(server, `${OURS}, browser and edge build`, memoryLedger())]
  for (const verifier of [...verifiers, ...onWebCrypto]) await proveItJudges(verifier, server)

  const sections: Section[] = []
  for (const workload of Object.keys(WORKLOADS) as Workload[]) {
    const rows = await compare(verifiers, workload, server, effort)
    sections.push({
      title: `Verifying one protected request: ${workload}`,
      baseline: rawVerify().name,
      target: { name: OURS, ratio: TARGETS[workload] },
      rows,
      notes: verifiers.filter(({ replay }) => !replay).map(({ name }) => `${name}: no replay check`),
    })
  }
  sections.push({
    title: 'Verifying one protected request without node:crypto: known key, known token',
    baseline: rawSubtleVerify().name,
    target: { name: `${OURS}, browser and edge build`, ratio: 0.4 },
    rows: await compare(onWebCrypto, 'known key, known token', server, effort),
    notes: [],
  })
  peer.close()
  return sections
}

/** All of them on the same fresh proofs, beside the first of them. */
async function compare(
  verifiers: readonly Verifier[],
  workload: Workload,
  server: Key,
  effort: Effort,
): Promise<readonly Ratio[]> {
  const { freshKey, freshToken } = WORKLOADS[workload]
  const known = await createKey()
  const token = createAccessToken(server, known)
  let work: Work[] = []
  const timings = await timeInRounds(
    verifiers.map(({ name, verify }) => ({ name, run: (i) => verify(work[i] as Work) })),
    {
      ...effort,
      async prepare() {
        const nonce = await benchNonces.issue(Date.now() / 1000)
        const clients = freshKey ? await Promise.all(Array.from({ length: effort.size }, createKey)) : []
        work = Array.from({ length: effort.size }, (_, i) => {
          const client = clients[i] ?? known
          return createWork(client, freshToken ? createAccessToken(server, client) : token, nonce)
        })
      },
    },
  )
  return ratiosTo(verifiers[0]?.name ?? '', timings)
}

const OURS = '@keybound/resource-server protectResource'

/** A benchmark of something that accepts everything would be worth nothing. The raw verify has no idea of binding. */
async function proveItJudges(verifier: Verifier, server: Key): Promise<void> {
  const [client, thief] = [await createKey(), await createKey()]
  const token = createAccessToken(server, client)
  const nonce = await benchNonces.issue(Date.now() / 1000)
  await verifier.verify(createWork(client, token, nonce))
  if (verifier.name.startsWith('one raw')) return
  const accepted = await Promise.resolve()
    .then(() => verifier.verify(createWork(thief, token, nonce)))
    .then(
      () => true,
      () => false,
    )
  if (accepted) throw new Error(`${verifier.name} accepts another client's proof: nothing to compare`)
}
