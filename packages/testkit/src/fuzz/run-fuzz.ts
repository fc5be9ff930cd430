import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { createKeyCache } from '@keybound/dpop'
import { readProgress, writeProgress } from '../progress-file.ts'
import { caseAt } from './case.ts'
import { judgeCase, nonces } from './judge-case.ts'

/** How far a long run has come. */
interface Progress {
  readonly seed: number
  readonly done: number
  readonly accepted: number
  readonly refused: Readonly<Record<string, number>>
  readonly seconds: number
  readonly slowestMilliseconds: number
  readonly faults: readonly {
    readonly index: number
    readonly mutations: readonly string[]
    readonly what: string
  }[]
}

const batch = 10_000
const keys = createKeyCache()

/**
 * `npm run fuzz -- --cases 1e7 [--seed 1] [--progress FILE]`: the long run. A stopped run goes on where it was; a fault is printed
 * with its number, and `--only NUMBER` runs that case alone. Exits 1 after any fault.
 */
async function main(): Promise<void> {
  const { seed, cases, only, file } = readOptions()
  if (only !== undefined) return showCase(seed, only)
  let progress = readProgress<Progress>(file, {
    seed,
    done: 0,
    accepted: 0,
    refused: {},
    seconds: 0,
    slowestMilliseconds: 0,
    faults: [],
  })
  say(`Seed ${seed}, case ${progress.done} to ${cases}; progress in ${file}`)
  while (progress.done < cases) {
    progress = await runBatch(progress, Math.min(batch, cases - progress.done))
    writeProgress(file, progress)
    say(
      `${progress.done} cases, ${progress.accepted} accepted, ${progress.faults.length} faults, ${Math.round(progress.done / progress.seconds)} a second`,
    )
  }
  say(JSON.stringify(progress, null, 2))
  process.exitCode = progress.faults.length > 0 ? 1 : 0
}

interface Options {
  readonly seed: number
  readonly cases: number
  readonly only: number | undefined
  readonly file: string
}

/** Ends the process with one line for what it does not know. */
function readOptions(): Options {
  try {
    const { values } = parseArgs({
      options: {
        cases: { type: 'string', default: '1e5' },
        seed: { type: 'string', default: '1' },
        progress: { type: 'string', default: '../../.keybound/fuzz-progress.json' },
        only: { type: 'string' },
      },
    })
    const [seed, cases] = [Number(values.seed), Number(values.cases)]
    const only = values.only === undefined ? undefined : Number(values.only)
    if (![seed, cases, only ?? 0].every(Number.isSafeInteger))
      throw new TypeError('--cases, --seed and --only want whole numbers')
    return { seed, cases, only, file: resolve(values.progress) }
  } catch (error) {
    say(error instanceof Error ? error.message : String(error))
    process.exit(1)
  }
}

async function runBatch(before: Progress, count: number): Promise<Progress> {
  const refused: Record<string, number> = { ...before.refused }
  const faults = [...before.faults]
  let { accepted, slowestMilliseconds } = before
  const began = performance.now()
  for (let index = before.done; index < before.done + count; index++) {
    const fuzzCase = await caseAt(before.seed, index, nonces.issue)
    const from = performance.now()
    const result = await judgeCase(fuzzCase, { keys })
    slowestMilliseconds = Math.max(slowestMilliseconds, performance.now() - from)
    if (result.accepted) accepted++
    else refused[result.reason ?? 'no reason'] = (refused[result.reason ?? 'no reason'] ?? 0) + 1
    for (const what of result.faults) {
      say(`Case ${index} (${fuzzCase.mutations.join(' + ')}): ${what}`)
      if (faults.length < 1000) faults.push({ index, mutations: fuzzCase.mutations, what })
    }
  }
  const seconds = before.seconds + (performance.now() - began) / 1000
  return {
    seed: before.seed,
    done: before.done + count,
    accepted,
    refused,
    seconds,
    slowestMilliseconds,
    faults,
  }
}

async function showCase(seed: number, index: number): Promise<void> {
  const fuzzCase = await caseAt(seed, index, nonces.issue)
  say(JSON.stringify({ ...fuzzCase, ...(await judgeCase(fuzzCase)) }, null, 2))
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

await main()
