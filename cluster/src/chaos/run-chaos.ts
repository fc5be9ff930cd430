import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { ledgerName } from '../ledger-name.ts'
import { makeReady } from '../make-ready.ts'
import { numberIn } from '../number-in.ts'
import { clusterPlatform } from '../race/cluster-platform.ts'
import { readOptions } from '../read-options.ts'
import { runCommand } from '../run-command.ts'
import { say, Trouble } from '../scripts.ts'
import { startCluster } from '../topology/start-cluster.ts'
import { faults } from './faults.ts'
import { oneTurn, type Turn } from './one-turn.ts'

const usage = `npm run chaos [-- OPTIONS]

Starts a cluster of its own and lets one fault after the other happen to it under load. After each of them everything has to serve again within five
seconds, and the promises of cluster/README.md are held against the history and the stores. Some ten seconds for each turn.

  --times N        turns of each fault (5)
  --only REGEXP    the faults whose name it matches (all)
  --replicas N     of each app (3)
  --ledger WHERE   redis or postgres (redis)
  --built          the apps are built already

The faults:
${faults.map(({ name }) => `  ${name}`).join('\n')}

Exit code 1 where a promise was broken.`

/** `npm run chaos` */
async function main(): Promise<void> {
  const values = readOptions(usage, {
    times: { type: 'string', default: '5' },
    only: { type: 'string', default: '' },
    replicas: { type: 'string', default: '3' },
    ledger: { type: 'string', default: 'redis' },
    built: { type: 'boolean', default: false },
  })
  const times = numberIn(values.times, 'times')
  const replicas = numberIn(values.replicas, 'replicas', { most: 16 })
  const ledger = ledgerName(values.ledger)
  const chosen = faultsNamed(values.only)
  await makeReady(ledger, values.built)
  const disk = mountSmallDisk()
  const cluster = await startCluster({ replicas, front: 'plain', ledger })
  let broken = 0
  let platform: Awaited<ReturnType<typeof clusterPlatform>> | undefined
  try {
    platform = await clusterPlatform(cluster, 16)
    for (const fault of chosen) {
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

/** Throws Trouble where `only` is no regular expression, or matches no fault. */
function faultsNamed(only: string): typeof faults {
  try {
    const name = new RegExp(only)
    const chosen = faults.filter((fault) => name.test(fault.name))
    if (chosen.length > 0) return chosen
  } catch {}
  throw new Trouble(`--only ${only} is no fault's name\n\n${usage}`)
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
