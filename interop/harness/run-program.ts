import { spawnSync } from 'node:child_process'
import { start, stop } from '@keybound/e2e/harness/start-scripts'

/** Why a row that runs these commands cannot run here; undefined where it can. */
export function whyNot(...commands: string[]): string | undefined {
  const missing = commands.filter((command) => spawnSync(command, ['--version']).error !== undefined)
  return missing.length > 0 ? `${missing.join(' and ')} not found` : undefined
}

/** The first line of what a command says of its version. */
export function commandVersion(command: string, argument = '--version'): string {
  const { stdout, stderr } = spawnSync(command, [argument], { encoding: 'utf8' })
  return /\d+(\.\d+)+/.exec(`${stdout}${stderr}`)?.[0] ?? '—'
}

/**
 * Runs a client that prints "Open: <URL>" and waits for a person to sign in there. `signIn` is that person; what it returns is typed
 * in. Resolves with all that was printed; rejects when the program ends with anything but 0.
 */
export async function runProgram(
  command: string,
  args: string[],
  signIn: (url: string) => Promise<string>,
): Promise<string> {
  const child = start(command, args, { stdio: ['pipe', 'pipe', 'pipe'] })
  let output = ''
  let signedIn: Promise<void> | undefined
  try {
    await new Promise<void>((done, failed) => {
      for (const stream of [child.stdout, child.stderr]) {
        stream?.on('data', (text) => {
          output += text
          const url = /^Open: (\S+)\n/m.exec(output)?.[1]
          if (!url || signedIn) return
          signedIn = signIn(url).then((typed) => void child.stdin?.write(`${typed}\n`), failed)
        })
      }
      child.once('error', failed)
      child.once('close', (code) =>
        code === 0 ? done() : failed(new Error(`${command} ended with ${code}:\n${output}`)),
      )
    })
    return output
  } finally {
    await stop(child)
  }
}
