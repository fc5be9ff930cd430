import { ratiosTo, timeInRounds } from '../paired.ts'
import type { Section } from '../section.ts'
import { benchNonces, ours } from './ours.ts'
import {
  atproto,
  expressOauth2JwtBearer,
  naiveJose,
  oauth4webapi,
  oidcProvider,
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

/** Targets of the design, as ratios to one raw verify. */
const TARGETS: Record<keyof typeof WORKLOADS, number> = {
  'known key, known token': 0.8,
  'known key, a new token each time': 0.43,
  'a new key and a new token each time': 0.27,
}

/** One protected request: access token and proof, all checks. @see performance.md §1 */
export async function benchVerify({ size, rounds }: { size: number; rounds: number }): Promise<Section[]> {
  const server = await createKey()
  const clients = await Promise.all(Array.from({ length: size }, createKey))
  const peer = await expressOauth2JwtBearer(server)
  const verifiers = [
    rawVerify(),
    naiveJose(server),
    oauth4webapi(server),
    peer,
    oidcProvider(server),
    await atproto(server),
    ours(server, OURS),
    ours(server, `${OURS}, nonces on`, benchNonces),
  ]
  for (const verifier of verifiers) await proveItJudges(verifier, server)

  const sections: Section[] = []
  for (const [workload, { freshKey, freshToken }] of Object.entries(WORKLOADS)) {
    let work: Work[] = []
    const known = clients[0] as Key
    const token = createAccessToken(server, known)
    const timings = await timeInRounds(
      verifiers.map(({ name, verify }) => ({ name, run: (i) => verify(work[i] as Work) })),
      {
        size,
        rounds,
        warmup: 2,
        async prepare() {
          const nonce = await benchNonces.issue(Date.now() / 1000)
          const fresh = freshKey ? await Promise.all(Array.from({ length: size }, createKey)) : []
          work = Array.from({ length: size }, (_, i) => {
            const client = fresh[i] ?? known
            return createWork(client, freshToken ? createAccessToken(server, client) : token, nonce)
          })
        },
      },
    )
    sections.push({
      title: `Verifying one protected request: ${workload}`,
      baseline: rawVerify().name,
      target: { name: OURS, ratio: TARGETS[workload as keyof typeof WORKLOADS] },
      rows: ratiosTo(rawVerify().name, timings),
      notes: verifiers.filter(({ replay }) => !replay).map(({ name }) => `${name}: no replay check`),
    })
  }
  peer.close()
  return sections
}

const OURS = '@keybound/resource-server protectResource'

/** A benchmark of something that accepts everything would be worth nothing. The raw verify has no idea of binding. */
async function proveItJudges(verifier: Verifier, server: Key): Promise<void> {
  const [client, thief] = [await createKey(), await createKey()]
  const token = createAccessToken(server, client)
  const nonce = await benchNonces.issue(Date.now() / 1000)
  await verifier.verify(createWork(client, token, nonce))
  if (verifier.name === rawVerify().name) return
  const accepted = await Promise.resolve()
    .then(() => verifier.verify(createWork(thief, token, nonce)))
    .then(
      () => true,
      () => false,
    )
  if (accepted) throw new Error(`${verifier.name} accepts another client's proof: nothing to compare`)
}
