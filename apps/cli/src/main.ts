import { parseArgs } from 'node:util'
import pc from 'picocolors'
import { readEnv } from './env.ts'
import { NotAsExpected } from './expectation.ts'
import { parseKeyKind } from './keys/key-kind.ts'
import { createNarrator, type Narrator } from './narrator.ts'
import type { Theft } from './steps/try-what-a-thief-would.ts'
import { walkTheWebApp } from './walk-the-web-app.ts'
import { walkThrough } from './walk-through.ts'

const narrator = createNarrator((line) => console.log(line))
try {
  const { values } = parseArgs({ options: { key: { type: 'string', default: 'memory' } } })
  const kind = parseKeyKind(values.key)
  const env = readEnv()
  introduce(narrator)
  conclude(
    narrator,
    kind === 'bff' ? await walkTheWebApp(env, narrator) : await walkThrough(env, kind, narrator),
  )
} catch (error) {
  narrator.say(`\n ${pc.red('  ✗')}  ${pc.bold('The walk ended here: something was not as expected')}`)
  narrator.remark(error instanceof Error ? explain(error) : String(error))
  narrator.say('')
  process.exitCode = 1
}

function introduce({ say, remark }: Narrator): void {
  say('')
  say(`      ${pc.bold('One walk through DPoP (RFC 9449), as it goes over the wire')}`)
  remark(
    'A bearer token is like cash: whoever holds it can spend it. DPoP ties a token to a key that never leaves the client, so that a copy of the token is worth nothing. → is what the client sends, decoded and shortened; ← is the answer.',
  )
}

function conclude({ say }: Narrator, thefts: readonly Theft[]): void {
  say(`\n ${pc.green('  ✓')}  ${pc.bold('Done: every step was as expected')}\n`)
  say(pc.dim(`      ${'who has'.padEnd(42)}${'gets'.padEnd(6)}check`))
  say(`      ${'the owner of the key'.padEnd(42)}${pc.green('200')}`)
  for (const { had, status, check } of thefts)
    say(`      ${`stolen: ${had}`.padEnd(42)}${pc.yellow(String(status).padEnd(6))}${check}`)
  say('')
}

function explain(error: Error): string {
  if (error instanceof NotAsExpected) return error.message
  const cause = error.cause instanceof Error ? ` (${error.cause.message})` : ''
  return `${error.name}: ${error.message}${cause}`
}
