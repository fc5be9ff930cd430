import process from 'node:process'
import { readProgress, writeProgress } from '@keybound/testkit/progress-file'
import { numberIn } from '../number-in.ts'
import { progressFile } from '../progress-file.ts'
import { readOptions } from '../read-options.ts'
import { runCommand } from '../run-command.ts'
import { say } from '../scripts.ts'
import { type Simulation, simulate } from './simulate.ts'

/** How far a long run has come: the number of seeds done, and what they found. */
interface Progress {
  readonly seed: number
  readonly done: number
  readonly attempts: Readonly<Record<'ok' | 'denied' | 'unknown', number>>
  readonly seconds: number
  readonly broken: readonly { readonly seed: number; readonly promises: readonly string[] }[]
}

const batch = 500
/** So many at once, so that none waits for the cryptography of the one before. */
const together = 16

const usage = `npm run simulate [-- OPTIONS]

Grant and ledger under every kind of trouble: one history for each seed, the same each time. Some two hundred a second. A stopped run goes on where
it was. A short form: --seeds 2000 --seed 1.

  --seeds N        histories (1e4)
  --seed N         the first of them (0)
  --only N         tells the story of this one alone
  --progress FILE  where a run says how far it is (.keybound/simulate-progress.json)

Exit code 1 where a promise of cluster/README.md was broken; its seed is printed.`

/** `npm run simulate` */
async function main(): Promise<void> {
  const values = readOptions(usage, {
    seeds: { type: 'string', default: '1e4' },
    seed: { type: 'string', default: '0' },
    only: { type: 'string' },
    progress: { type: 'string' },
  })
  if (values.only !== undefined) return tell(await simulate(numberIn(values.only, 'only', { least: 0 })))
  const seeds = numberIn(values.seeds, 'seeds')
  const seed = numberIn(values.seed, 'seed', { least: 0 })
  const file = progressFile(values.progress, 'simulate-progress.json')
  let progress = readProgress<Progress>(file, {
    seed,
    done: 0,
    attempts: { ok: 0, denied: 0, unknown: 0 },
    seconds: 0,
    broken: [],
  })
  if (progress.done >= seeds) say(`These were run before. To run them again, delete ${file}`)
  else say(`Seeds ${seed + progress.done} to ${seed + seeds - 1}; progress in ${file}`)
  while (progress.done < seeds) {
    progress = await runBatch(progress, Math.min(batch, seeds - progress.done))
    writeProgress(file, progress)
    const { ok, denied, unknown } = progress.attempts
    say(
      `${progress.done} seeds, ${Math.round(progress.seconds)} s: ${ok} ok, ${denied} denied, ${unknown} without an answer; ${progress.broken.length} broke a promise`,
    )
  }
  process.exitCode = progress.broken.length > 0 ? 1 : 0
}

async function runBatch(before: Progress, count: number): Promise<Progress> {
  const attempts = { ...before.attempts }
  const broken = [...before.broken]
  const began = performance.now()
  const first = before.seed + before.done
  for (let seed = first; seed < first + count; seed += together) {
    const seeds = Array.from({ length: Math.min(together, first + count - seed) }, (_, i) => seed + i)
    for (const simulation of await Promise.all(seeds.map((one) => simulate(one)))) {
      for (const { outcome } of simulation.attempts) attempts[outcome] += 1
      if (simulation.broken.length === 0) continue
      broken.push({ seed: simulation.seed, promises: simulation.broken })
      say(`Seed ${simulation.seed}: ${simulation.broken.join('; ')}`)
    }
  }
  const seconds = before.seconds + (performance.now() - began) / 1000
  return { seed: before.seed, done: before.done + count, attempts, seconds, broken }
}

function tell({ story, broken }: Simulation): void {
  for (const line of story) say(line)
  say(broken.length > 0 ? broken.join('\n') : 'Every promise was kept.')
  process.exitCode = broken.length > 0 ? 1 : 0
}

await runCommand(main)
