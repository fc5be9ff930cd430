import { parseArgs } from 'node:util'
import { build } from '../build.ts'
import { ledgerName } from '../ledger-name.ts'
import { runCommand } from '../run-command.ts'
import { say } from '../scripts.ts'
import { describeAnswers } from './answers.ts'
import { watchCpu } from './cpu-shares.ts'
import { closedLoop } from './drive.ts'
import { codeExchanges, protectedRequests } from './sources.ts'
import { withCluster } from './with-cluster.ts'

/**
 * `npm run capacity [-- --replicas 1,2,3] [--seconds 10] [--callers 16] [--ledger redis|postgres] [--built]`: protected requests and code
 * exchanges per second for so many replicas of each app, each replica reached by itself, and who used the processors meanwhile.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      replicas: { type: 'string', default: '1,2,3' },
      seconds: { type: 'string', default: '10' },
      callers: { type: 'string', default: '16' },
      ledger: { type: 'string', default: 'redis' },
      built: { type: 'boolean', default: false },
    },
  })
  if (!values.built) await build()
  const [seconds, perReplica] = [Number(values.seconds), Number(values.callers)]
  const ledger = ledgerName(values.ledger)
  for (const replicas of values.replicas.split(',').map(Number)) {
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
