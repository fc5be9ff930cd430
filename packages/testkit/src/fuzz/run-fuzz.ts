import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { createKeyCache } from '@keybound/dpop'
import { caseAt } from './case.ts'
import { judgeCase, nonces } from './judge-case.ts'

/** How far a long run has come. The file is replaced whole after each batch, so that a run can be stopped and taken up again at any time. */
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
  const { values } = parseArgs({
    options: {
      cases: { type: 'string', default: '1e5' },
      seed: { type: 'string', default: '1' },
      progress: { type: 'string', default: '../../.keybound/fuzz-progress.json' },
      only: { type: 'string' },
    },
  })
  const seed = Number(values.seed)
  if (values.only !== undefined) return showCase(seed, Number(values.only))
  const cases = Number(values.cases)
  if (!Number.isSafeInteger(cases) || !Number.isSafeInteger(seed))
    throw new TypeError('--cases and --seed want whole numbers')
  const file = resolve(values.progress)
  let progress = startOf(file, seed)
  say(`Seed ${seed}, case ${progress.done} to ${cases}; progress in ${file}`)
  while (progress.done < cases) {
    progress = await runBatch(progress, Math.min(batch, cases - progress.done))
    save(file, progress)
    say(
      `${progress.done} cases, ${progress.accepted} accepted, ${progress.faults.length} faults, ${Math.round(progress.done / progress.seconds)} a second`,
    )
  }
  say(JSON.stringify(progress, null, 2))
  process.exitCode = progress.faults.length > 0 ? 1 : 0
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

function startOf(file: string, seed: number): Progress {
  if (existsSync(file)) {
    const found = JSON.parse(readFileSync(file, 'utf8')) as Progress
    if (found.seed === seed) return found
  }
  return { seed, done: 0, accepted: 0, refused: {}, seconds: 0, slowestMilliseconds: 0, faults: [] }
}

function save(file: string, progress: Progress): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(`${file}.new`, JSON.stringify(progress))
  renameSync(`${file}.new`, file)
}

async function showCase(seed: number, index: number): Promise<void> {
  const fuzzCase = await caseAt(seed, index, nonces.issue)
  say(JSON.stringify({ ...fuzzCase, ...(await judgeCase(fuzzCase)) }, null, 2))
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

await main()
