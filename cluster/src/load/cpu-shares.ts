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

/** Begins to watch; what it gives says who used the processors until then, each in processors: `API 0.9, …, of 2`. */
export function watchCpu(cluster: Cluster): () => string {
  const before = spent(cluster)
  return () => {
    const after = spent(cluster)
    const seconds = (after.at - before.at) / 1000
    const used = (who: 'auth' | 'apis' | 'sender' | 'machine') => (after[who] - before[who]) / seconds
    const rest = used('machine') - used('auth') - used('apis') - used('sender')
    const parts = {
      'auth-servers': used('auth'),
      APIs: used('apis'),
      'the sender': used('sender'),
      'stores and everything else': Math.max(0, rest),
    }
    const words = Object.entries(parts).map(([who, share]) => `${who} ${share.toFixed(2)}`)
    return `${words.join(', ')} of ${cpus().length} processors`
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
