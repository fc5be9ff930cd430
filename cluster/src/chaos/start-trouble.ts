import { setTimeout as pause } from 'node:timers/promises'
import type { Replica } from '../topology/replica.ts'
import type { Cluster } from '../topology/start-cluster.ts'

export interface Trouble {
  /** Lets what is broken come back, and breaks nothing more. */
  end(): Promise<void>
}

/** Kills one replica after the other, chosen at random, with kill -9, and restarts PostgreSQL and Redis now and then. */
export function startTrouble(cluster: Cluster, report: (line: string) => void): Trouble {
  let ended = false

  async function killReplicas(): Promise<void> {
    const replicas = [...cluster.auth, ...cluster.apis]
    while (!ended) {
      await pause(500 + Math.random() * 3_000)
      const victim = replicas[Math.floor(Math.random() * replicas.length)] as Replica
      await victim.end('SIGKILL')
      await pause(Math.random() * 500)
      await victim.restart()
    }
  }

  async function restartStores(): Promise<void> {
    while (!ended) {
      for (let waited = 0; waited < 20_000 && !ended; waited += 500) await pause(500)
      if (ended) return
      const store = cluster.redis && Math.random() < 0.5 ? cluster.redis : cluster.postgres
      report(`restarting ${store === cluster.redis ? 'Redis' : 'PostgreSQL'}`)
      await store.restart()
    }
  }

  const work = Promise.all([killReplicas(), restartStores()])
  return {
    async end() {
      ended = true
      await work
    },
  }
}
