import process from 'node:process'
import { describe } from 'vitest'
import { missingServers, type ServerName } from './find-server.ts'

/**
 * A `describe` of tests that start servers. Where one is not installed they are reported as skipped, by name, and the reason is printed.
 */
export function describeWith(servers: readonly ServerName[], title: string, tests: () => void): void {
  const missing = missingServers(servers)
  if (missing.length === 0) {
    describe(title, tests)
    return
  }
  process.stderr.write(`Skipped: ${title}. ${missing.join('. ')}\n`)
  describe.skip(`${title} [skipped: ${missing.join('. ')}]`, tests)
}
