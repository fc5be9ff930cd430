import { spawnSync } from 'node:child_process'
import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { setTimeout as pause } from 'node:timers/promises'
import { Redis as RedisClient } from 'ioredis'
import type { Replica } from '../topology/replica.ts'
import type { Cluster } from '../topology/start-cluster.ts'

/** Something that happens to a running cluster. `recovered` is the moment from which everything should work again. */
export interface Fault {
  readonly name: string
  /** What it needs beyond a cluster; says why it is skipped where that is missing. */
  skipped?(cluster: Cluster): string | undefined
  /** Resolves when the cause is gone; with a sentence (a string) where a promise was broken on the way. */
  happen(cluster: Cluster, turn: number): Promise<unknown>
}

function one(replicas: readonly Replica[], turn: number): Replica {
  return replicas[turn % replicas.length] as Replica
}

const withRedis = ({ redis }: Cluster) => (redis ? undefined : 'the ledger is not on Redis')

export const faults: readonly Fault[] = [
  {
    name: 'kill -9 of an auth-server',
    async happen({ auth }, turn) {
      await one(auth, turn).end('SIGKILL')
      await one(auth, turn).restart()
    },
  },
  {
    name: 'kill -9 of an API',
    async happen({ apis }, turn) {
      await one(apis, turn).end('SIGKILL')
      await one(apis, turn).restart()
    },
  },
  {
    name: 'SIGTERM of an auth-server',
    async happen({ auth }, turn) {
      const milliseconds = await one(auth, turn).end('SIGTERM')
      await one(auth, turn).restart()
      return milliseconds > 10_000 ? `it took ${Math.round(milliseconds)} ms to end` : undefined
    },
  },
  {
    name: 'clock of an auth-server an hour ahead',
    skipped: needsFaketime,
    happen: (cluster, turn) => underClock(one(cluster.auth, turn), '+1h'),
  },
  {
    name: 'clock of an API an hour behind',
    skipped: needsFaketime,
    happen: (cluster, turn) => underClock(one(cluster.apis, turn), '-1h'),
  },
  {
    name: 'disk full under PostgreSQL',
    skipped: ({ postgres }) =>
      postgres.directory.includes('keybound-disk-') ? undefined : 'no right to mount a small disk',
    async happen({ postgres }) {
      const filler = join(postgres.directory, 'filler')
      fill(filler)
      await pause(3_000)
      rmSync(filler)
    },
  },
  {
    name: 'SIGSTOP of an auth-server for three seconds',
    async happen({ auth }, turn) {
      one(auth, turn).signal('SIGSTOP')
      await pause(3_000)
      one(auth, turn).signal('SIGCONT')
    },
  },
  {
    name: 'restart of PostgreSQL',
    happen: ({ postgres }) => postgres.restart(),
  },
  {
    name: 'kill -9 of PostgreSQL',
    async happen({ postgres }) {
      postgres.signal('SIGKILL')
      await postgres.restart()
    },
  },
  {
    name: 'SIGSTOP of PostgreSQL for three seconds',
    async happen({ postgres }) {
      // A PostgreSQL whose first process alone is stopped serves on: each connection has a process of its own.
      const all = [postgres.pid, ...childrenOf(postgres.pid)]
      signalAll(all, 'SIGSTOP')
      await pause(3_000)
      signalAll(all, 'SIGCONT')
    },
  },
  {
    name: 'restart of Redis',
    skipped: withRedis,
    happen: async ({ redis }) => redis?.restart(),
  },
  {
    name: 'SIGSTOP of Redis for three seconds',
    skipped: withRedis,
    async happen({ redis }) {
      redis?.signal('SIGSTOP')
      await pause(3_000)
      redis?.signal('SIGCONT')
    },
  },
  {
    name: 'FLUSHALL',
    skipped: withRedis,
    async happen({ redis }) {
      await asked(redis?.url ?? '', (client) => client.flushall())
    },
  },
  {
    name: 'every connection to Redis cut',
    skipped: withRedis,
    happen: ({ redis }) =>
      asked(redis?.url ?? '', (client) => client.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes')),
  },
]

function childrenOf(pid: number): readonly number[] {
  const { stdout } = spawnSync('pgrep', ['-P', `${pid}`], { encoding: 'utf8' })
  return stdout.trim().split('\n').map(Number)
}

/** One that has ended meanwhile, with its connection, is not missed. */
function signalAll(pids: readonly number[], name: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, name)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
  }
}

function needsFaketime(): string | undefined {
  return spawnSync('faketime', ['--version']).error ? 'faketime is not installed' : undefined
}

/** It serves with another clock for a while, and then with the right one again. */
async function underClock(replica: Replica, offset: string): Promise<void> {
  await replica.end('SIGKILL')
  await replica.restart(['faketime', '-f', offset])
  await pause(3_000)
  await replica.end('SIGKILL')
  await replica.restart()
}

/** Writes until nothing more fits. */
function fill(file: string): void {
  const megabyte = Buffer.alloc(1_000_000)
  const descriptor = openSync(file, 'w')
  try {
    for (;;) writeSync(descriptor, megabyte)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
  } finally {
    closeSync(descriptor)
  }
}

async function asked(url: string, work: (client: RedisClient) => Promise<unknown>): Promise<void> {
  const client = new RedisClient(url)
  try {
    await work(client)
  } finally {
    client.disconnect()
  }
}
