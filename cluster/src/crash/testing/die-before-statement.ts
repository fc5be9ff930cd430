import { writeSync } from 'node:fs'
import process from 'node:process'
import Database from 'better-sqlite3'
import pg from 'pg'

/**
 * From now on this process counts the statements that it is about to run, and kills itself (SIGKILL) in front of the one with this
 * number; first it prints it. SQLite: those that write; PostgreSQL: all of them.
 */
export function dieBeforeStatement(number: number): void {
  let count = 0

  function about(sql: string): void {
    if (count++ !== number) return
    writeSync(1, `died before: ${sql.trim().split(/\s+/).slice(0, 4).join(' ')}\n`)
    process.kill(process.pid, 'SIGKILL')
    // The signal comes at once, but not within this very statement.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
  }

  const statement = Object.getPrototypeOf(new Database(':memory:').prepare('SELECT 1'))
  const run = statement.run
  statement.run = function (this: { source: string }, ...args: unknown[]) {
    about(this.source)
    return run.apply(this, args)
  }
  const client = pg.Client.prototype as unknown as { query: (...args: unknown[]) => unknown }
  const query = client.query
  client.query = function (this: unknown, ...args: unknown[]) {
    const [config] = args as [string | { text?: string }]
    about(typeof config === 'string' ? config : (config?.text ?? ''))
    return query.apply(this, args)
  }
}
