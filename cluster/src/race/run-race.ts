import { resolve } from 'node:path'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { memoryStores } from '@keybound/stores/memory'
import { readProgress, writeProgress } from '@keybound/testkit/progress-file'
import { build } from '../build.ts'
import { startTrouble } from '../chaos/start-trouble.ts'
import { type LedgerName, ledgerName } from '../ledger-name.ts'
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

const usage =
  'npm run race -- [--codes 10000] [--racers 8|8-64] [--replicas 3] [--ledger redis|postgres] [--trouble] [--in-process] [--built] [--progress FILE]'
const batch = 250
const lanes = 4

/**
 * `npm run race`: N heats for a code, and a tenth of that for each of the five other things that are good once; against a cluster of
 * its own, or in this process. `--trouble` kills replicas (kill -9) and restarts the stores meanwhile. A stopped run goes on where it
 * was. Exits 1 where anything was spent twice, lost, or answered strangely.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      codes: { type: 'string', default: '1000' },
      racers: { type: 'string', default: '8' },
      replicas: { type: 'string', default: '3' },
      ledger: { type: 'string', default: 'redis' },
      trouble: { type: 'boolean', default: false },
      'in-process': { type: 'boolean', default: false },
      built: { type: 'boolean', default: false },
      progress: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return say(usage)
  if (!values.built && !values['in-process']) await build()
  const codes = Number(values.codes)
  const [fewest = Number.NaN, most = fewest] = values.racers.split('-').map(Number)
  if (!Number.isSafeInteger(codes) || !(fewest >= 2 && most <= 64)) throw new TypeError(usage)

  const opened = values['in-process']
    ? { platform: await inProcessPlatform(memoryStores({ clients })), close: async () => {} }
    : await openCluster(Number(values.replicas), ledgerName(values.ledger), most, values.trouble)
  const name = values['in-process']
    ? 'in-process'
    : `${values.ledger}-${values.replicas}${values.trouble ? '-trouble' : ''}`
  const file = resolve(values.progress ?? `../.keybound/race-${name}.json`)
  let progress = readProgress<Progress>(file, { seed: fewest, tallies: {}, seconds: 0, faults: [] })
  try {
    for (const contest of contestNames) {
      const wanted = contest === 'code' ? codes : Math.ceil(codes / 10)
      for (
        let done = progress.tallies[contest]?.heats ?? 0;
        done < wanted;
        done = progress.tallies[contest]?.heats ?? 0
      ) {
        const heats = Math.min(batch, wanted - done)
        const racers = (heat: number) => fewest + ((done + heat) % (most - fewest + 1))
        progress = await runBatch(opened.platform, progress, contest, heats, racers)
        writeProgress(file, progress)
        say(line(contest, wanted, progress))
      }
    }
  } finally {
    await opened.close()
  }
  for (const contest of contestNames) say(statement(contest, progress))
  // Without trouble everybody is answered, so each heat has its winner.
  const lost = values.trouble
    ? 0
    : Object.values(progress.tallies).reduce((sum, { nobody }) => sum + nobody, 0)
  say(`${progress.faults.length + lost} faults in ${Math.round(progress.seconds)} s; progress in ${file}`)
  process.exitCode = progress.faults.length + lost > 0 ? 1 : 0
}

async function openCluster(replicas: number, ledger: LedgerName, most: number, troubled: boolean) {
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
