import process from 'node:process'
import { ledgerName } from '../ledger-name.ts'
import { makeReady } from '../make-ready.ts'
import { numberIn } from '../number-in.ts'
import { readOptions } from '../read-options.ts'
import { runCommand } from '../run-command.ts'
import { say } from '../scripts.ts'
import { describeAnswers, quantile } from './answers.ts'
import { watchCpu } from './cpu-shares.ts'
import { closedLoop, openLoop } from './drive.ts'
import { protectedRequests } from './sources.ts'
import { withCluster } from './with-cluster.ts'

const megabyte = 1024 * 1024

const usage = `npm run overload [-- OPTIONS]

Sends so many times what one API can serve, over at most 900 connections. Some two minutes. A short form: --seconds 10.

  --times N        times its capacity (10)
  --seconds N      for so long (60)
  --ledger WHERE   redis or postgres (redis)
  --built          the apps are built already

Exit code 1 where anything but 200 and a refusal with Retry-After was answered, a refusal took longer than what was served, memory went on growing,
or the API was not itself again within five seconds.`

/** `npm run overload` */
async function main(): Promise<void> {
  const values = readOptions(usage, {
    times: { type: 'string', default: '10' },
    seconds: { type: 'string', default: '60' },
    ledger: { type: 'string', default: 'redis' },
    built: { type: 'boolean', default: false },
  })
  const times = numberIn(values.times, 'times')
  const seconds = numberIn(values.seconds, 'seconds', { least: 2 })
  const ledger = ledgerName(values.ledger)
  await makeReady(ledger, values.built)
  const connections = 900
  const faults = await withCluster({ replicas: 1, ledger }, connections, async (platform, cluster) => {
    const [api] = cluster.apis
    const source = protectedRequests(platform)
    await closedLoop(source, { callers: 16, seconds: 3 })
    const before = await closedLoop(source, { callers: 16, seconds: 10 })
    const capacity = before.served.length / before.seconds
    say(`Capacity, 16 callers: ${Math.round(capacity)} per second; ${describeAnswers(before)}`)

    // A proxy in front has its connections already; Node accepts one in each turn of its loop, which is slow where it has all it can do.
    const probe = { to: 'resource-api', method: 'GET', path: '/healthz' } as const
    await Promise.all(Array.from({ length: connections }, () => platform.send(0, probe)))
    const resident: number[] = []
    const held: number[] = []
    const cpu = watchCpu(cluster, 'apis')
    const rate = times * capacity
    const over = await openLoop(source, {
      ...{ rate, seconds, connections },
      everySecond() {
        const { rss = 0, heapHeld = 0 } = api?.figures() ?? {}
        resident.push(rss / megabyte)
        held.push(heapHeld / megabyte)
      },
    })
    const [offered, served] = [(over.sent + over.heldBack) / over.seconds, over.served.length / over.seconds]
    say(
      `Overload, ${Math.round(offered)} per second for ${Math.round(over.seconds)} s (${over.heldBack} found all ${connections} connections taken): ${Math.round(served)} served per second; ${describeAnswers(over)}`,
    )
    say(`    ${cpu(over.served.length)}`)
    const half = Math.floor(held.length / 2)
    const [early, late] = [Math.max(...held.slice(0, half)), Math.max(...held.slice(half))]
    say(
      `    memory of the API: after collections ${early.toFixed(0)} MB in the first half and ${late.toFixed(0)} in the second; resident ${resident.map((each) => each.toFixed(0)).join(' ')} MB`,
    )

    const after = await closedLoop(source, { callers: 16, seconds: 5 })
    const again = after.served.length / after.seconds
    say(`Afterwards: ${Math.round(again)} per second; ${describeAnswers(after)}`)

    const faults: string[] = []
    for (const driven of [before, over, after])
      for (const [what, count] of driven.others) faults.push(`${count} answers were: ${what}`)
    if (!(quantile(over.refused, 0.5) < quantile(over.served, 0.5)))
      faults.push('half of the refusals took longer than half of what was served')
    if (late > 1.1 * early + 16)
      faults.push(`what is held after collections went from ${early.toFixed(0)} to ${late.toFixed(0)} MB`)
    if (again < capacity / 2) faults.push(`it serves ${Math.round(again)} per second afterwards`)
    return faults
  })
  for (const fault of faults) say(`✗ ${fault}`)
  if (faults.length === 0) say('What was refused was refused sooner; memory stayed; it is itself again.')
  process.exitCode = faults.length > 0 ? 1 : 0
}

await runCommand(main)
