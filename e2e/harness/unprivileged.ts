import { execFileSync } from 'node:child_process'
import process from 'node:process'
import { root } from './start-scripts.ts'

/** A user without rights: nobody, by the number that it has everywhere. */
const nobody = { uid: 65_534, gid: 65_534 }

/**
 * Who runs the servers of a test in hardened mode, which refuses to be root: this user, or nobody where this user is root.
 * A text says why there is nobody to run them.
 */
export function unprivileged(): { readonly uid: number; readonly gid: number } | undefined | string {
  if (process.getuid?.() !== 0) return undefined
  try {
    execFileSync(process.execPath, ['--version'], { cwd: root, stdio: 'ignore', ...nobody })
    execFileSync('ls', ['apps/web/dist/main.js'], { cwd: root, stdio: 'ignore', ...nobody })
    return nobody
  } catch {
    return `hardened mode does not run as root, and nobody else can read ${root}`
  }
}
