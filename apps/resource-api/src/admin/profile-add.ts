// npm run profile:add < user.json, which is what user:add printed
import process from 'node:process'
import { text } from 'node:stream/consumers'
import { openDependencies } from '../dependencies.ts'
import { readEnv } from '../env.ts'
import { parseNewProfile } from '../profile/parse-patch.ts'

/** On the database of this environment, beside a running API if need be. Prints the profile; what is wrong is said in one line, and the exit code is 1. */
async function main(): Promise<void> {
  process.umask(0o077)
  const env = readEnv()
  const profile = parseNewProfile(await text(process.stdin), Math.floor(Date.now() / 1000))
  const { addProfile, close } = await openDependencies(env)
  try {
    await addProfile(profile)
    process.stdout.write(`${JSON.stringify(profile, null, 2)}\n`)
  } finally {
    await close()
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
})
