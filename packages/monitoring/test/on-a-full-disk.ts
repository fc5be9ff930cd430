import { spawnSync } from 'node:child_process'
import { closeSync, existsSync, openSync } from 'node:fs'
import process from 'node:process'

const full = '/dev/full'

/** Whether this system has a file that is always full. */
export const hasFullDisk = existsSync(full)

/**
 * Runs the text of a TypeScript module in a process of its own whose standard output goes to a disk that is full. A log that
 * is written at once has failed by the time the next line runs; a `setTimeout` between two lines lets it notice.
 */
export function onAFullDisk(script: string): { readonly status: number | null; readonly stderr: string } {
  const disk = openSync(full, 'w')
  try {
    const args = ['--import', 'tsx', '--input-type=module', '--eval', script]
    const { status, stderr } = spawnSync(process.execPath, args, {
      stdio: ['ignore', disk, 'pipe'],
      timeout: 100_000,
    })
    return { status, stderr: stderr.toString() }
  } finally {
    closeSync(disk)
  }
}
