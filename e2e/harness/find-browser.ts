import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { chromium } from '@playwright/test'

const require = createRequire(import.meta.url)
const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const mac = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'

/**
 * A Chromium to test with: the one that CHROMIUM_PATH names, Playwright's own, one of the system, else one that can be installed now.
 * Throws Error that says what to do.
 */
export function findBrowser(): string {
  const given = process.env.CHROMIUM_PATH
  if (given) {
    if (!existsSync(given)) throw new Error(`CHROMIUM_PATH is ${given}, but there is no such file.`)
    return given
  }
  const found = present() ?? installed()
  if (found === undefined) {
    throw new Error(
      'The browser tests need Chromium or Chrome, and none could be installed. Install one (Debian, Ubuntu: apt-get install chromium;\n' +
        'any system: npx playwright install chromium), or set CHROMIUM_PATH to the program.',
    )
  }
  // The test processes read this configuration again: they shall not search and install again.
  process.env.CHROMIUM_PATH = found
  return found
}

function present(): string | undefined {
  const own = chromium.executablePath()
  if (own && existsSync(own)) return own
  for (const name of names) {
    const path = output('which', [name])
    if (path) return path
  }
  return existsSync(mac) ? mac : undefined
}

function installed(): string | undefined {
  console.log('No Chromium found; trying to install one.')
  output(process.execPath, [require.resolve('@playwright/test/cli'), 'install', 'chromium'])
  const own = present()
  if (own === undefined && process.getuid?.() === 0) {
    output('apt-get', ['update', '-qq'])
    output('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-liberation'])
  }
  return own ?? present()
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
