import { cpus } from 'node:os'
import process from 'node:process'
import type { Cluster } from '../topology/start-cluster.ts'

/** Seconds of CPU so far. */
interface Spent {
  readonly at: number
  readonly auth: number
  readonly apis: number
  readonly sender: number
  readonly machine: number
}

/**
 * Begins to watch. What it gives says who used the processors until then, and how much of an app's CPU each of `answers` took: that says more
 * of an app than its rate does where a machine has other things to do.
 */
export function watchCpu(cluster: Cluster, app: 'auth' | 'apis'): (answers: number) => string {
  const before = spent(cluster)
  return (answers) => {
    const after = spent(cluster)
    const seconds = (after.at - before.at) / 1000
    const used = (who: 'auth' | 'apis' | 'sender' | 'machine') => after[who] - before[who]
    const rest = used('machine') - used('auth') - used('apis') - used('sender')
    const parts = {
      'auth-servers': used('auth'),
      APIs: used('apis'),
      'the sender': used('sender'),
      'stores and everything else': Math.max(0, rest),
    }
    const shares = Object.entries(parts).map(([who, cpu]) => `${who} ${(cpu / seconds).toFixed(2)}`)
    const each = ((1000 * used(app)) / answers).toFixed(2)
    return `${each} ms of the app's CPU for each; ${shares.join(', ')} of ${cpus().length} processors`
  }
}

function spent({ auth, apis }: Cluster): Spent {
  const of = (replicas: Cluster['auth']) =>
    replicas.reduce((sum, { figures }) => sum + (figures()?.cpu ?? 0), 0)
  const { user, system } = process.cpuUsage()
  const machine = cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0)
  return {
    at: performance.now(),
    auth: of(auth),
    apis: of(apis),
    sender: (user + system) / 1e6,
    machine: machine / 1000,
  }
}
