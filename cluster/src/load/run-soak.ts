import process from 'node:process'
import pg from 'pg'
import { makeReady } from '../make-ready.ts'
import { numberIn } from '../number-in.ts'
import { readOptions } from '../read-options.ts'
import { runCommand } from '../run-command.ts'
import { say } from '../scripts.ts'
import { describeAnswers } from './answers.ts'
import { watchCpu } from './cpu-shares.ts'
import { openLoop } from './drive.ts'
import { slopePerHour } from './slope-per-hour.ts'
import { protectedRequests } from './sources.ts'
import { withCluster } from './with-cluster.ts'

const megabyte = 1024 * 1024

/** Seconds: for how long a proof is remembered at most (two steps of its nonce), and how often a process sweeps. */
const [remembered, sweepInterval] = [120, 60]
/** Seconds between two looks; a replica collects its garbage as often. */
const interval = 30

const usage = `npm run soak [-- OPTIONS]

So many protected requests a second for so long, to one API with its ledger in PostgreSQL. A short form: --minutes 3.

  --minutes N      for so long (15); of less than ten the slope of the heap says little
  --rate N         requests per second (50)
  --built          the apps are built already

Exit code 1 where anything but 200 was answered, the heap went on growing, or the ledger held more than it has to remember and one sweep may leave.`

/** `npm run soak` */
async function main(): Promise<void> {
  const values = readOptions(usage, {
    minutes: { type: 'string', default: '15' },
    rate: { type: 'string', default: '50' },
    built: { type: 'boolean', default: false },
  })
  const seconds = 60 * numberIn(values.minutes, 'minutes', { least: 2 })
  const rate = numberIn(values.rate, 'rate')
  await makeReady('postgres', values.built)
  const faults: string[] = []
  await withCluster({ replicas: 1, ledger: 'postgres' }, 64, async (platform, cluster) => {
    const {
      apis: [api],
      postgres,
    } = cluster
    const cpu = watchCpu(cluster, 'apis')
    const client = new pg.Client({ connectionString: postgres.url() })
    await client.connect()
    const heap: number[] = []
    const rows: { readonly all: number; readonly live: number }[] = []

    async function look(second: number): Promise<void> {
      const count = `SELECT count(*)::int AS all, (count(*) FILTER (WHERE expires_at >= $1))::int AS live FROM ledger`
      const {
        rows: [counted],
      } = await client.query(count, [Date.now() / 1000])
      rows.push(counted)
      const { heapHeld = 0, rss = 0 } = api?.figures() ?? {}
      heap.push(heapHeld / megabyte)
      say(
        `${second / 60} min: heap ${(heapHeld / megabyte).toFixed(1)} MB, resident ${(rss / megabyte).toFixed(0)} MB; ledger ${counted.live} live and ${counted.all - counted.live} to be swept`,
      )
    }
    const driven = await openLoop(protectedRequests(platform), {
      ...{ rate, seconds, connections: 64 },
      everySecond(second) {
        if (second % interval === 0) void look(second)
      },
    })
    await client.end()
    say(`${(driven.sent / driven.seconds).toFixed(1)} per second: ${describeAnswers(driven)}`)
    say(`    ${cpu(driven.served.length)}`)

    // The first third warms caches, which are bounded.
    const slope = slopePerHour(heap.slice(Math.floor(heap.length / 3)), interval)
    say(`The heap, after collections, grows by ${slope.toFixed(1)} MB per hour`)
    const most = Math.max(...rows.map(({ all }) => all))
    const live = rows.slice(Math.floor(rows.length / 3)).map((each) => each.live / rate)
    say(
      `live records: ${Math.min(...live).toFixed(0)} to ${Math.max(...live).toFixed(0)} seconds of requests; at most ${(most / rate).toFixed(0)} with what was not swept yet`,
    )
    for (const [what, count] of driven.others) faults.push(`${count} answers were: ${what}`)
    if (driven.refused.length > 0) faults.push(`${driven.refused.length} were refused`)
    if (most > rate * (remembered + sweepInterval) * 1.1) faults.push(`the ledger held ${most} records`)
    if (slope > 10) faults.push(`the heap grows by ${slope.toFixed(1)} MB per hour`)
  })
  for (const fault of faults) say(`✗ ${fault}`)
  process.exitCode = faults.length > 0 ? 1 : 0
}

await runCommand(main)
