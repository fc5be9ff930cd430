import process from 'node:process'
import { memoryStores } from '@keybound/stores/memory'
import { readProgress, writeProgress } from '@keybound/testkit/progress-file'
import { startTrouble } from '../chaos/start-trouble.ts'
import { type LedgerName, ledgerName } from '../ledger-name.ts'
import { makeReady } from '../make-ready.ts'
import { numberIn } from '../number-in.ts'
import { progressFile } from '../progress-file.ts'
import { readOptions } from '../read-options.ts'
import { runCommand } from '../run-command.ts'
import { say } from '../scripts.ts'
import { startCluster } from '../topology/start-cluster.ts'
import { clusterPlatform } from './cluster-platform.ts'
import { clients, inProcessPlatform } from './in-process-platform.ts'
import type { RacePlatform } from './race-platform.ts'
import { type Contest, contestNames, nothing, runHeats, type Tally } from './run-heats.ts'

interface Progress {
  readonly seed: number
  readonly tallies: Readonly<Record<string, Tally>>
  readonly seconds: number
  readonly faults: readonly string[]
}

const usage = `npm run race [-- OPTIONS]

Eight at once for everything that is good once, over the replicas of a cluster of its own: N heats for a code, and a tenth of that for a refresh token, a
request_uri, a client assertion, a proof at the token endpoint and a proof at the API. A checker reads all answers and the stores. Some sixty heats a
second. A run that was stopped goes on where it was. A short form: --codes 200.

  --codes N        heats for a code (1000)
  --racers N|N-M   how many send at once in each heat, 2 to 64 (8)
  --replicas N     of each app (3)
  --ledger WHERE   redis or postgres (redis)
  --trouble        kills replicas (kill -9) and restarts the stores meanwhile
  --in-process     no cluster: three servers in this process
  --built          the apps are built already
  --progress FILE  where it says how far it is (.keybound/race-….json, by the options)

Exit code 1 where anything was spent twice, lost, or answered strangely.`
const batch = 250
const lanes = 4

/** `npm run race` */
async function main(): Promise<void> {
  const values = readOptions(usage, {
    codes: { type: 'string', default: '1000' },
    racers: { type: 'string', default: '8' },
    replicas: { type: 'string', default: '3' },
    ledger: { type: 'string', default: 'redis' },
    trouble: { type: 'boolean', default: false },
    'in-process': { type: 'boolean', default: false },
    built: { type: 'boolean', default: false },
    progress: { type: 'string' },
  })
  const { trouble, 'in-process': inProcess } = values
  const codes = Math.ceil(numberIn(values.codes, 'codes'))
  const [fewest, most] = bounds(values.racers)
  const replicas = numberIn(values.replicas, 'replicas', { most: 16 })
  const ledger = ledgerName(values.ledger)
  const where = inProcess ? 'in-process' : `${ledger}-${replicas}${trouble ? '-trouble' : ''}`
  const file = progressFile(values.progress, `race-${where}-${values.racers}.json`)
  let progress = readProgress<Progress>(file, { seed: fewest, tallies: {}, seconds: 0, faults: [] })
  const wanted = (contest: Contest) => (contest === 'code' ? codes : Math.ceil(codes / 10))
  const done = (contest: Contest) => progress.tallies[contest]?.heats ?? 0

  if (contestNames.every((contest) => done(contest) >= wanted(contest))) {
    say(`These were run before. To run them again, delete ${file}`)
  } else {
    if (done('code') > 0)
      say(`Goes on after ${done('code')} of ${codes} codes; to begin anew, delete ${file}`)
    const opened = inProcess
      ? await openProcess()
      : await openCluster(values.built, replicas, ledger, most, trouble)
    try {
      for (const contest of contestNames)
        while (done(contest) < wanted(contest)) {
          const before = done(contest)
          const heats = Math.min(batch, wanted(contest) - before)
          const racers = (heat: number) => fewest + ((before + heat) % (most - fewest + 1))
          progress = await runBatch(opened.platform, progress, contest, heats, racers)
          writeProgress(file, progress)
          say(line(contest, wanted(contest), progress))
        }
    } finally {
      await opened.close()
    }
  }
  for (const contest of contestNames) say(statement(contest, progress))
  // Without trouble everybody is answered, so each heat has its winner.
  const lost = trouble ? 0 : Object.values(progress.tallies).reduce((sum, { nobody }) => sum + nobody, 0)
  say(`${progress.faults.length + lost} faults in ${Math.round(progress.seconds)} s; progress in ${file}`)
  process.exitCode = progress.faults.length + lost > 0 ? 1 : 0
}

/** What `--racers` says: as many in each heat, or from so many to so many in turn. */
function bounds(text: string): readonly [number, number] {
  const [fewest = '', most = fewest] = text.split('-')
  const least = numberIn(fewest, 'racers', { least: 2, most: 64 })
  return [least, numberIn(most, 'racers', { least, most: 64 })]
}

async function openProcess() {
  return { platform: await inProcessPlatform(memoryStores({ clients })), close: async () => {} }
}

async function openCluster(
  built: boolean,
  replicas: number,
  ledger: LedgerName,
  most: number,
  troubled: boolean,
) {
  await makeReady(ledger, built)
  const cluster = await startCluster({ replicas, front: 'plain', ledger })
  const platform = await clusterPlatform(cluster, most).catch(async (error) => {
    await cluster.stop()
    throw error
  })
  const trouble = troubled ? startTrouble(cluster, say) : undefined
  return {
    platform,
    async close() {
      await trouble?.end()
      await platform.close()
      await cluster.stop()
    },
  }
}

async function runBatch(
  platform: RacePlatform,
  before: Progress,
  contest: Contest,
  heats: number,
  racers: (heat: number) => number,
): Promise<Progress> {
  const faults = [...before.faults]
  const began = performance.now()
  const tally = await runHeats(platform, {
    contest,
    heats,
    racers,
    lanes,
    fault(sentence) {
      faults.push(sentence)
      say(sentence)
    },
  })
  const seconds = before.seconds + (performance.now() - began) / 1000
  const tallies = { ...before.tallies, [contest]: sum(before.tallies[contest] ?? nothing, tally) }
  return { seed: before.seed, tallies, seconds, faults }
}

function sum(a: Tally, b: Tally): Tally {
  return {
    heats: a.heats + b.heats,
    ok: a.ok + b.ok,
    denied: a.denied + b.denied,
    unknown: a.unknown + b.unknown,
    nobody: a.nobody + b.nobody,
  }
}

function line(contest: Contest, wanted: number, { tallies, seconds, faults }: Progress): string {
  const { heats, ok, denied, unknown } = tallies[contest] ?? nothing
  return `${contest}: ${heats} of ${wanted}, ${ok} ok, ${denied} denied, ${unknown} unknown; ${faults.length} faults, ${Math.round(seconds)} s`
}

/** What may be said after n heats without a fault: the rate of faults is at most 3/n, at 95 % confidence. */
function statement(contest: Contest, { tallies, faults }: Progress): string {
  const { heats, ok, nobody } = tallies[contest] ?? nothing
  const own = faults.filter((fault) => fault.startsWith(`${contest},`)).length
  const rate = own === 0 && heats > 0 ? `, so at most ${(3 / heats).toExponential(1)} of all (95 %)` : ''
  return `${contest}: ${own} faults in ${heats} heats${rate}; ${ok} winners, ${nobody} heats without one`
}

await runCommand(main)
