import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { missingServers, startPostgres, startRedis } from '@keybound/testkit/servers'
import { messageOf } from '../http/message-of.ts'
import { migrated, migratedFile } from './migrated.ts'

/** Keys remembered per second by one process, and by two that share the store. */
export interface ProcessFigures {
  readonly store: string
  readonly one: Together
  readonly two: Together
}

interface Together {
  readonly perSecond: number
  /** Answers that were 503: one process kept the other from the store. */
  readonly unavailable: number
}

/** What a process is told: a database of its own or a shared one, and where the ledger is. */
type Arguments = (process: number) => readonly [databaseUrl: string, ledgerUrl: string]

export async function benchProcesses({ quick }: { readonly quick: boolean }): Promise<ProcessFigures[]> {
  const seconds = quick ? 0.2 : 3
  const directory = mkdtempSync(join(tmpdir(), 'keybound-bench-processes-'))
  const fileOf = (name: string) => `file:${migratedFile(join(directory, `${name}.db`))}`
  const figures: ProcessFigures[] = []
  const add = async (store: string, args: Arguments) => {
    figures.push({
      store,
      one: await rateTogether(1, args, seconds),
      two: await rateTogether(2, args, seconds),
    })
  }
  try {
    const shared = fileOf('shared')
    await add('SQLite, one file', () => [shared, ''])
    for (const sentence of missingServers(['PostgreSQL', 'Redis'])) console.log(`Not measured: ${sentence}`)
    if (missingServers(['Redis']).length === 0) {
      const redis = await startRedis()
      const own = [fileOf('first'), fileOf('second')]
      await add('Redis', (process) => [own[process] ?? '', redis.url])
      await redis.stop()
    }
    if (missingServers(['PostgreSQL']).length === 0) {
      const postgres = await startPostgres()
      migrated(postgres.url())
      await add('PostgreSQL', () => [postgres.url(), ''])
      await postgres.stop()
    }
  } finally {
    rmSync(directory, { recursive: true })
  }
  return figures
}

async function rateTogether(count: number, args: Arguments, seconds: number): Promise<Together> {
  const script = new URL('./ledger/ledger-process.js', import.meta.url)
  const children = Array.from({ length: count }, (_, i) => fork(script, [...args(i), `${seconds}`]))
  await Promise.all(children.map((child) => messageOf(child)))
  const answers = children.map((child) => messageOf<Together>(child))
  for (const child of children) child.send('go')
  const rates = await Promise.all(answers)
  const ended = children.map((child) => once(child, 'exit'))
  for (const child of children) child.disconnect()
  await Promise.all(ended)
  const sum = (of: keyof Together) => rates.reduce((total, rate) => total + rate[of], 0)
  return { perSecond: sum('perSecond'), unavailable: sum('unavailable') }
}

export function formatProcesses(figures: readonly ProcessFigures[]): string {
  const text = ({ perSecond, unavailable }: Together) =>
    `${Math.round(perSecond).toLocaleString('en')}${unavailable > 0 ? ` and ${unavailable} answers 503` : ''}`
  const lines = figures.map(({ store, one, two }) => `| ${store} | ${text(one)} | ${text(two)} |`)
  return [
    '| keys per second, 64 callers each | one process | two processes |',
    '|---|---|---|',
    ...lines,
    '',
  ].join('\n')
}
