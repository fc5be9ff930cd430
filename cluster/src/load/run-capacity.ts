import { ledgerName } from '../ledger-name.ts'
import { makeReady } from '../make-ready.ts'
import { numberIn } from '../number-in.ts'
import { readOptions } from '../read-options.ts'
import { runCommand } from '../run-command.ts'
import { say } from '../scripts.ts'
import { describeAnswers } from './answers.ts'
import { watchCpu } from './cpu-shares.ts'
import { closedLoop } from './drive.ts'
import { codeExchanges, protectedRequests } from './sources.ts'
import { withCluster } from './with-cluster.ts'

const usage = `npm run capacity [-- OPTIONS]

Protected requests and code exchanges per second for so many replicas of each app, each replica reached by itself, and who used the processors
meanwhile. Some two minutes.

  --replicas LIST  one cluster after the other (1,2,3)
  --seconds N      for each measurement (10)
  --callers N      for each replica (16)
  --ledger WHERE   redis or postgres (redis)
  --built          the apps are built already`

/** `npm run capacity` */
async function main(): Promise<void> {
  const values = readOptions(usage, {
    replicas: { type: 'string', default: '1,2,3' },
    seconds: { type: 'string', default: '10' },
    callers: { type: 'string', default: '16' },
    ledger: { type: 'string', default: 'redis' },
    built: { type: 'boolean', default: false },
  })
  const seconds = numberIn(values.seconds, 'seconds')
  const perReplica = numberIn(values.callers, 'callers')
  const sizes = values.replicas.split(',').map((size) => numberIn(size, 'replicas', { most: 16 }))
  const ledger = ledgerName(values.ledger)
  await makeReady(ledger, values.built)
  for (const replicas of sizes) {
    const callers = perReplica * replicas
    await withCluster({ replicas, ledger }, callers, async (platform, cluster) => {
      const measure = async (what: string, source: Parameters<typeof closedLoop>[0], most: number) => {
        const cpu = watchCpu(cluster, what === 'code exchanges' ? 'auth' : 'apis')
        const driven = await closedLoop(source, { callers, seconds: most })
        const rate = Math.round(driven.served.length / driven.seconds)
        say(
          `${replicas} of each app, ${callers} callers: ${rate} ${what} per second; ${describeAnswers(driven)}`,
        )
        say(`    ${cpu(driven.served.length)}`)
      }
      // Warm: the first requests compile and open connections.
      await closedLoop(protectedRequests(platform), { callers, seconds: 3 })
      await measure('protected requests', protectedRequests(platform), seconds)
      await closedLoop(await codeExchanges(platform, 600), { callers, seconds: 3 })
      await measure('code exchanges', await codeExchanges(platform, 800 * seconds), seconds)
    })
  }
}

await runCommand(main)
