import { setTimeout as pause } from 'node:timers/promises'
import { type Attempt, attempt } from '../race/attempt.ts'
import { codeHeat } from '../race/contests/code.ts'
import { assertionHeat, resourceProofHeat } from '../race/contests/single-use.ts'
import type { Heat } from '../race/heat.ts'
import { learntNonces } from '../race/nonces.ts'
import type { RacePlatform, Sendable } from '../race/race-platform.ts'
import { patiently } from '../race/run-heats.ts'
import { assertionForm } from '../race/token-form.ts'
import type { Cluster } from '../topology/start-cluster.ts'
import type { Fault } from './faults.ts'

/** Milliseconds within which everything has to serve again. */
const patience = 5_000

/** Seconds for which an assertion may be dated ahead: such a one is the hardest to tell from one that is made after the fault. */
const mostAhead = 9

/** What came of one fault. */
export interface Turn {
  /** Milliseconds for which the cause was there: a restarted process is ready at the end of it. */
  readonly lasted: number
  /** Milliseconds from the end of the cause until every replica of both apps served again. */
  readonly recovery: number
  readonly heats: number
  readonly ok: number
  readonly denied: number
  readonly unknown: number
  /** Promises that were broken, as sentences. */
  readonly broken: readonly string[]
}

/**
 * Four race for one code after the other while the fault happens; afterwards, when everything serves again, the whole history is held
 * against the stores, and a proof and a client assertion that were used before are sent once more to every replica.
 */
export async function oneTurn(
  cluster: Cluster,
  platform: RacePlatform,
  fault: Fault,
  turn: number,
): Promise<Turn> {
  const used = await useBefore(platform)
  const load = startLoad(platform)
  const began = performance.now()
  const broken: string[] = []
  let lasted: number
  let recovery: number
  let history: readonly Past[]
  try {
    await pause(300)
    const complaint = await fault.happen(cluster, turn)
    if (typeof complaint === 'string') broken.push(complaint)
    lasted = performance.now() - began
    await untilAllServe(platform)
    recovery = performance.now() - began - lasted
    if (recovery > patience) broken.push('it did not serve again in time')
    await pause(300)
  } finally {
    history = await load.end()
  }

  for (const { heat, attempts } of history) broken.push(...(await patiently(() => heat.judge(attempts))))
  for (const { what, request } of used)
    for (let replica = 0; replica < platform.replicas; replica++) {
      const { outcome } = await attempt(platform, replica, await patiently(request))
      if (outcome === 'ok')
        broken.push(`a ${what} that was used before was accepted again by replica ${replica}`)
    }
  const outcomes = history.flatMap(({ attempts }) => attempts.map(({ outcome }) => outcome))
  const count = (wanted: Attempt['outcome']) => outcomes.filter((outcome) => outcome === wanted).length
  return {
    lasted,
    recovery,
    heats: history.length,
    ok: count('ok'),
    denied: count('denied'),
    unknown: count('unknown'),
    broken,
  }
}

/** What is used already, and how it is sent again. */
interface Used {
  readonly what: 'proof' | 'client assertion'
  request(): Promise<Sendable>
}

async function useBefore(platform: RacePlatform): Promise<readonly Used[]> {
  const proof = await used(platform, 'proof', async () => {
    const sent = await (await resourceProofHeat(platform, learntNonces(platform))).request()
    return async () => sent
  })
  // With a new proof each time, as a thief would send it.
  const assertion = await used(platform, 'client assertion', async () => {
    const form = await assertionForm(platform, 'service', mostAhead)
    return async () => (await assertionHeat(platform, learntNonces(platform), form)).request()
  })
  return [proof, assertion]
}

/** Made anew until one is accepted. */
async function used(
  platform: RacePlatform,
  what: Used['what'],
  make: () => Promise<Used['request']>,
): Promise<Used> {
  for (let tries = 0; ; tries++) {
    const request = await patiently(make)
    const { outcome, answer } = await attempt(platform, 0, await request())
    if (outcome === 'ok') return { what, request }
    if (tries > 100) throw new Error(`No ${what} is accepted: ${answer?.status} ${answer?.text}`)
    await pause(100)
  }
}

interface Past {
  readonly heat: Heat
  readonly attempts: readonly Attempt[]
}

function startLoad(platform: RacePlatform): { end(): Promise<readonly Past[]> } {
  const history: Past[] = []
  let ended = false
  async function lane(): Promise<void> {
    const nonces = learntNonces(platform)
    while (!ended) {
      const heat = await patiently(() => codeHeat(platform, nonces))
      const requests = await Promise.all([0, 1, 2, 3].map(() => heat.request()))
      const attempts = await Promise.all(requests.map((request, racer) => attempt(platform, racer, request)))
      history.push({ heat, attempts })
      for (const { answer } of attempts) nonces.heed('auth-server', answer)
    }
  }
  const lanes = Promise.all([lane(), lane()])
  return {
    async end() {
      ended = true
      await lanes
      return history
    },
  }
}

/** Until each auth-server has exchanged a code and taken a new client assertion, and each API has answered a proof. */
async function untilAllServe(platform: RacePlatform): Promise<void> {
  const nonces = learntNonces(platform)
  const contests = [codeHeat, resourceProofHeat, assertionHeat]
  for (const contest of contests) {
    for (let replica = 0; replica < platform.replicas; replica++) {
      for (let tries = 0; ; tries++) {
        const heat = await patiently(() => contest(platform, tries > 0 ? learntNonces(platform) : nonces))
        const { outcome, answer } = await attempt(platform, replica, await heat.request())
        if (outcome === 'ok') break
        if (tries > 600)
          throw new Error(`Replica ${replica} does not serve any more: ${answer?.status} ${answer?.text}`)
        await pause(50)
      }
    }
  }
}
