import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { Attempt } from '../race/attempt.ts'
import { attempt } from '../race/attempt.ts'
import { codeHeat } from '../race/contests/code.ts'
import { refreshTokenHeat } from '../race/contests/refresh-token.ts'
import { learntNonces } from '../race/nonces.ts'
import type { RacePlatform, Sendable } from '../race/race-platform.ts'

const heats = { code: codeHeat, 'refresh token': refreshTokenHeat } as const

export interface CrashOptions {
  readonly grant: keyof typeof heats
  readonly databaseUrl: string
  /** Over the same database as the processes that die. */
  readonly platform: RacePlatform
  readonly fault: (sentence: string) => void
}

/**
 * Lets one process after another die in front of every statement of a grant, in front of its answer, and behind it. After each death
 * the same request is sent again, and the grant is tried once more: nothing may be had twice, what was answered has to be there, and what
 * was not spent has to be good still. Returns the points, in words.
 */
export async function crashAtEveryPoint(options: CrashOptions): Promise<readonly string[]> {
  const program = await bundle()
  try {
    const points: string[] = []
    for (let number = 0; ; number++) {
      const said = await crash(program.file, `${number}`, options)
      if (!said.startsWith('died before')) break
      points.push(said)
    }
    for (const point of ['before the answer', 'after the answer']) {
      await crash(program.file, point, options)
      points.push(`died ${point}`)
    }
    return points
  } finally {
    program.remove()
  }
}

async function crash(program: string, point: string, options: CrashOptions): Promise<string> {
  const { grant, databaseUrl, platform, fault } = options
  const heat = await heats[grant](platform, learntNonces(platform))
  const request = await heat.request()
  const { said, dying } = await sendAndDie(program, databaseUrl, point, request)
  const again = await attempt(platform, 1, request)
  const anew = await attempt(platform, 2, await heat.request())
  const attempts = [dying, again, anew]
  for (const sentence of await heat.judge(attempts)) fault(`${grant}, ${point} (${said}): ${sentence}`)
  if (grant === 'code' && dying.outcome === 'ok' && (again.outcome === 'ok' || anew.outcome === 'ok'))
    fault(`${grant}, ${point} (${said}): it was answered, and is good again`)
  if (said.startsWith('died before') && attempts.every(({ outcome }) => outcome !== 'ok'))
    fault(`${grant}, ${point} (${said}): the process died before it was spent, and it is not good any more`)
  return said
}

function sendAndDie(
  program: string,
  databaseUrl: string,
  point: string,
  request: Sendable,
): Promise<{ said: string; dying: Attempt }> {
  return new Promise((done, failed) => {
    const args = [program, databaseUrl, point, JSON.stringify(request)]
    const child = execFile(process.execPath, args, (_error, stdout, stderr) => {
      if (child.signalCode !== 'SIGKILL') return failed(new Error(`It did not die: ${stdout} ${stderr}`))
      const said = stdout.trim()
      if (!said.startsWith('{')) return done({ said, dying: { outcome: 'unknown' } })
      const { status, text, headers } = JSON.parse(said)
      const answer = { status, text, headers: new Headers(headers) }
      done({ said: 'answered', dying: { outcome: status === 200 ? 'ok' : 'denied', answer } })
    })
  })
}

/** One file, so that a process starts quickly. It lies where its packages are found. */
async function bundle(): Promise<{ readonly file: string; remove(): void }> {
  const here = fileURLToPath(new URL('.', import.meta.url))
  mkdirSync(join(here, '../../dist'), { recursive: true })
  const directory = mkdtempSync(join(here, '../../dist/crash-'))
  const file = join(directory, 'send-and-die.mjs')
  await build({
    entryPoints: [join(here, 'testing/send-and-die.ts')],
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'warning',
    plugins: [
      {
        name: 'our sources in, packages out',
        setup({ onResolve }) {
          onResolve({ filter: /^[^.#/]/ }, ({ path, kind }) =>
            kind === 'entry-point' || path.startsWith('@keybound/') ? undefined : { path, external: true },
          )
        },
      },
    ],
  })
  return { file, remove: () => rmSync(directory, { recursive: true, force: true }) }
}
