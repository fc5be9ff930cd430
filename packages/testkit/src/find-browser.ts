import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const mac = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'

export interface BrowserSearch {
  /** Playwright's `chromium`: says where its own browser would be. */
  readonly own: { executablePath(): string }
  /** The path of Playwright's command line. */
  readonly installer: string
  /** Where CHROMIUM_PATH is read; set when one was found, so that child processes do not search and install again. */
  readonly env: NodeJS.ProcessEnv
}

/**
 * A Chromium to test with: the one that CHROMIUM_PATH names, Playwright's own, one of the system, else one that can be installed now.
 * Throws Error that says what to do.
 */
export function findBrowser({ own, installer, env }: BrowserSearch): string {
  const given = env.CHROMIUM_PATH
  if (given) {
    if (!existsSync(given)) throw new Error(`CHROMIUM_PATH is ${given}, but there is no such file.`)
    return given
  }
  const found = present(own) ?? installed(own, installer)
  if (found === undefined) {
    throw new Error(
      'The browser tests need Chromium or Chrome, and none could be installed. Install one (Debian, Ubuntu: apt-get install chromium;\n' +
        'any system: npx playwright install chromium), or set CHROMIUM_PATH to the program.',
    )
  }
  env.CHROMIUM_PATH = found
  return found
}

function present(own: BrowserSearch['own']): string | undefined {
  const path = own.executablePath()
  if (path && existsSync(path)) return path
  for (const name of names) {
    const onPath = output('which', [name])
    if (onPath) return onPath
  }
  return existsSync(mac) ? mac : undefined
}

function installed(own: BrowserSearch['own'], installer: string): string | undefined {
  process.stdout.write('No Chromium found; trying to install one.\n')
  output(process.execPath, [installer, 'install', 'chromium'])
  const found = present(own)
  if (found === undefined && process.getuid?.() === 0) {
    output('apt-get', ['update', '-qq'])
    output('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-liberation'])
  }
  return found ?? present(own)
}

/** What the command prints, or nothing where it fails. */
function output(command: string, args: string[]): string {
  try {
    return execFileSync(command, args, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 300_000,
    }).trim()
  } catch {
    return ''
  }
}
