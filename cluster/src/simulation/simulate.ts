import type { Stores } from '@keybound/stores/memory'
import { type Random, seededRandom } from '@keybound/testkit'
import type { Attempt, Prepared } from './attempt.ts'
import { brokenPromises } from './check-promises.ts'
import { chooseRequest, emptyHoldings, keep } from './choose-request.ts'
import { authorize, push } from './client-requests.ts'
import { readGain } from './read-gain.ts'
import { createScheduler, type Fate } from './scheduler.ts'
import { type ClientName, simulatedPlatform, start } from './simulated-platform.ts'

/** What came of one seed. */
export interface Simulation {
  readonly seed: number
  readonly attempts: readonly Attempt[]
  /** What happened, line by line. */
  readonly story: readonly string[]
  /** Which promises of cluster/README.md were broken, as sentences; empty where all were kept. */
  readonly broken: readonly string[]
}

export interface SimulateOptions {
  /** Makes the stores worse than they are. */
  readonly sabotage?: (stores: Stores) => Stores
}

const steps = 60
const mostAttempts = 12
const clockJumps = [0, -5, 5, 15, -30, 30, -3600, 3600]

/**
 * One history, the same for the same seed: one to three replicas over one store, clients and an eavesdropper who send everything
 * they have, in bursts and again; calls of the store that are slow, fail, or succeed unheard; crashes, sweeps and clocks that jump.
 * In the end everything that was ever sent is sent once more, and what the history and the store say is held against the promises.
 */
export async function simulate(seed: number, options: SimulateOptions = {}): Promise<Simulation> {
  const random = seededRandom(seed, 0)
  const story: string[] = []
  const attempts: Attempt[] = []
  const holdings = emptyHoldings()
  const scheduler = createScheduler()
  let now = start
  const platform = simulatedPlatform(random.int(1, 3), () => now, scheduler, options.sabotage)
  const trouble = random.pick([0, 0.04, 0.15])

  async function send(client: ClientName, prepared: Prepared): Promise<void> {
    const replica = random.int(0, platform.replicas.length - 1)
    const attempt: Attempt = {
      name: `${attempts.length} ${prepared.what} by ${client} at ${replica}`,
      prepared,
      met: [],
      outcome: 'unknown',
      gain: {},
    }
    attempts.push(attempt)
    story.push(`${attempt.name} starts`)
    await scheduler.start(attempt.name, replica, async () => {
      const response = await prepared.send(platform.replicas[replica] as never).catch(crashed)
      attempt.status = response.status
      const gain = await readGain(prepared, response)
      attempt.outcome = gain ? 'ok' : 'denied'
      attempt.gain = gain ?? {}
      keep(holdings, client, attempt.gain)
      story.push(`${attempt.name}: ${attempt.outcome} (${response.status})`)
    })
  }

  async function advance(fate: Fate): Promise<void> {
    const actor = random.pick(scheduler.standing)
    story.push(`${actor.name}: ${actor.standsAt} ${fate}`)
    attempts[Number.parseInt(actor.name, 10)]?.met.push(fate)
    await scheduler.advance(actor, fate)
    if (fate === 'crash before' || fate === 'crash after') crash(actor.replica)
  }

  function crash(replica: number): void {
    story.push(`replica ${replica} is killed and starts again`)
    scheduler.crash(replica)
    platform.restart(replica)
  }

  async function burst(): Promise<void> {
    const [client, prepared] = await chooseRequest(holdings, random, now)
    await ask(client, prepared, random.pick([1, 1, 2, 3]))
  }

  async function ask(client: ClientName, prepared: Prepared, times: number): Promise<void> {
    holdings.sent.push([client, prepared])
    for (let time = 0; time < times; time++) await send(client, prepared)
  }

  async function turnOfEvents(): Promise<void> {
    const index = random.int(0, platform.replicas.length - 1)
    const replica = platform.replicas[index] as (typeof platform.replicas)[number]
    if (random.chance(0.3)) return crash(index)
    if (random.chance(0.5)) {
      replica.offset = random.pick(clockJumps)
      story.push(`the clock of replica ${index} is off by ${replica.offset} s`)
    } else {
      await platform.stores.sweep(now + replica.offset)
      story.push(`replica ${index} sweeps`)
    }
  }

  async function untilQuiet(): Promise<void> {
    while (scheduler.standing.length > 0) await advance('done')
  }

  const first = random.pick(['app', 'app', 'shop'] as const)
  await ask(first, push(first, random), 1)
  await untilQuiet()
  await ask(
    first,
    authorize(first, holdings.requestUris[0]?.[1] ?? '', () => {}),
    1,
  )
  await untilQuiet()

  for (let step = 0; step < steps; step++) {
    now += random.next()
    const free = attempts.length < mostAttempts
    if (free && (scheduler.standing.length === 0 || random.chance(0.25))) await burst()
    else if (random.chance(trouble / 2)) await turnOfEvents()
    else if (scheduler.standing.length > 0) await advance(fateOf(random, trouble))
  }
  await untilQuiet()
  for (const [client, prepared] of [...holdings.sent]) {
    await send(client, prepared)
    await untilQuiet()
  }
  return { seed, attempts, story, broken: await brokenPromises(attempts, platform) }
}

function fateOf(random: Random, trouble: number): Fate {
  if (!random.chance(trouble)) return 'done'
  return random.pick(['busy', 'error', 'time-out', 'crash before', 'crash after'] as const)
}

function crashed(error: unknown): Response {
  return new Response(String(error), { status: 500 })
}
