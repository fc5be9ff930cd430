import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { readProgress, writeProgress } from '@keybound/testkit/progress-file'
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

/**
 * `npm run simulate -- --seeds 1e5 [--seed FIRST] [--progress FILE]`: the long run. A stopped run goes on where it was. A seed that breaks a
 * promise is printed, and `--only SEED` tells its story. Exits 1 where any promise was broken.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: '1e4' },
      seed: { type: 'string', default: '0' },
      progress: { type: 'string', default: '../.keybound/simulate-progress.json' },
      only: { type: 'string' },
    },
  })
  if (values.only !== undefined) return tell(await simulate(Number(values.only)))
  const seeds = Number(values.seeds)
  const seed = Number(values.seed)
  if (!Number.isSafeInteger(seeds) || !Number.isSafeInteger(seed))
    throw new TypeError('--seeds and --seed want whole numbers')
  const file = resolve(values.progress)
  let progress = readProgress<Progress>(file, {
    seed,
    done: 0,
    attempts: { ok: 0, denied: 0, unknown: 0 },
    seconds: 0,
    broken: [],
  })
  say(`Seeds ${seed + progress.done} to ${seed + seeds - 1}; progress in ${file}`)
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

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

await main()
