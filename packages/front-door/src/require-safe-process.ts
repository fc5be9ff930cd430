import { url as inspectorUrl } from 'node:inspector'

/**
 * For the entry point of a hardened server. Throws Error that names everything which makes this process unfit to serve strangers:
 * it runs as root; a debugger may attach to it (`--inspect`), which could read every key.
 *
 * Does not check: the environment, which each app's env.ts reads.
 */
export function requireSafeProcess(): void {
  const found: string[] = []
  if (process.getuid?.() === 0)
    found.push('it runs as root: give it a user of its own, who owns KEYBOUND_DATA and nothing else')
  if (inspectorUrl() !== undefined)
    found.push('a debugger may attach to it: start it without --inspect, also in NODE_OPTIONS')
  if (found.length === 0) return
  throw new Error(
    ['This process is not fit for hardened mode:', ...found.map((line) => `  - ${line}`)].join('\n'),
  )
}
