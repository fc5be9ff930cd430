import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { build } from '../build.ts'
import { ledgerName } from '../ledger-name.ts'
import { clusterPlatform } from '../race/cluster-platform.ts'
import { runCommand } from '../run-command.ts'
import { say } from '../scripts.ts'
import { startCluster } from '../topology/start-cluster.ts'
import { faults } from './faults.ts'
import { oneTurn, type Turn } from './one-turn.ts'

/**
 * `npm run chaos [-- --times 5] [--only REGEXP] [--replicas 3] [--ledger redis|postgres] [--built]`: each fault so many times, under load. Exits 1 where a
 * promise was broken.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      times: { type: 'string', default: '5' },
      only: { type: 'string', default: '' },
      replicas: { type: 'string', default: '3' },
      ledger: { type: 'string', default: 'redis' },
      built: { type: 'boolean', default: false },
    },
  })
  const times = Number(values.times)
  const replicas = Number(values.replicas)
  if (!(times >= 1 && replicas >= 1)) throw new TypeError('--times and --replicas want numbers')
  if (!values.built) await build()
  const disk = mountSmallDisk()
  const ledger = ledgerName(values.ledger)
  const cluster = await startCluster({ replicas, front: 'plain', ledger })
  let broken = 0
  let platform: Awaited<ReturnType<typeof clusterPlatform>> | undefined
  try {
    platform = await clusterPlatform(cluster, 16)
    for (const fault of faults.filter(({ name }) => new RegExp(values.only).test(name))) {
      const reason = fault.skipped?.(cluster)
      if (reason) {
        say(`skipped: ${fault.name} (${reason})`)
        continue
      }
      for (let turn = 0; turn < times; turn++) {
        const result = await oneTurn(cluster, platform, fault, turn)
        broken += result.broken.length
        say(line(`${fault.name}, ${turn + 1} of ${times}`, result))
      }
    }
  } finally {
    await platform?.close()
    await cluster.stop()
    disk.unmount()
  }
  say(broken === 0 ? 'Every promise was kept.' : `${broken} promises were broken.`)
  process.exitCode = broken > 0 ? 1 : 0
}

function line(name: string, { lasted, recovery, heats, ok, denied, unknown, broken }: Turn): string {
  const sums = `${heats} codes, ${ok} ok, ${denied} denied, ${unknown} unknown`
  const kept = broken.length === 0 ? 'all promises kept' : `BROKEN: ${broken.join('; ')}`
  const seconds = (milliseconds: number) => (milliseconds / 1000).toFixed(1)
  return `${name}: ${seconds(lasted)} s of it, then all serve within ${seconds(recovery)} s; ${sums}; ${kept}`
}

/** PostgreSQL and Redis keep their files on a small disk that can be filled, where we may mount one. */
function mountSmallDisk(): { unmount(): void } {
  const directory = mkdtempSync(join(tmpdir(), 'keybound-disk-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=400m,mode=1777', 'tmpfs', directory], { stdio: 'pipe' })
  } catch {
    rmdirSync(directory)
    say('skipped: disk full (no right to mount a tmpfs here)')
    return { unmount() {} }
  }
  process.env.TMPDIR = directory
  const unmount = () => {
    execFileSync('umount', ['-l', directory])
    rmdirSync(directory)
  }
  // Ctrl-C ends the process without coming back here.
  process.once('exit', unmount)
  return {
    unmount() {
      process.off('exit', unmount)
      unmount()
    },
  }
}

await runCommand(main)
