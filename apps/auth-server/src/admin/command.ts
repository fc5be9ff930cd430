import { type Storage as AppStorage, openStorage } from '../dependencies.ts'
import { type Env, readEnv } from '../env.ts'

/**
 * Runs a command of an administrator on the database of this environment, beside a running server if need be. What it returns is
 * printed; what it throws is printed in one line, and the exit code is 1.
 */
export async function command(run: (env: Env, storage: AppStorage) => Promise<string>): Promise<void> {
  process.umask(0o077)
  try {
    const env = readEnv()
    const storage = await openStorage(env)
    try {
      process.stdout.write(`${await run(env, storage)}\n`)
    } finally {
      await storage.close()
    }
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  }
}

/** Everything on standard input, without the line break at its end. */
export async function readInput(): Promise<string> {
  let text = ''
  for await (const chunk of process.stdin.setEncoding('utf8')) text += chunk
  return text.replace(/\r?\n$/, '')
}
