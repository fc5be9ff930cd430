import Connection from 'better-sqlite3'
import type { Turns } from './turns.ts'
import { unavailable } from './unavailable.ts'

/** Milliseconds for which another process may hold the file before the answer is "unavailable". */
const patience = 2000

interface Decision {
  /** Runs its statements, synchronously. */
  readonly run: () => unknown
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
  readonly since: number
}

/** Runs `decide` alone in the database, and answers only when what it wrote is committed. */
export type Decide = <T>(decide: () => T) => Promise<T>

/**
 * Group commit: what is asked for within one turn of the event loop becomes one transaction. Each decision is all or nothing
 * by itself (see atomically); the answers go out after the common COMMIT.
 *
 * A decision throws OAuthError temporarily_unavailable where the database cannot answer, and then nothing of it was written.
 */
export function createDecisions(connection: Connection.Database, turns: Turns): Decide {
  const begin = connection.prepare('BEGIN IMMEDIATE')
  const commit = connection.prepare('COMMIT')
  const rollback = connection.prepare('ROLLBACK')
  let waiting: Decision[] = []

  function flush(): void {
    if (!turns.isFree) {
      void turns.alone(flush)
      return
    }
    const decisions = waiting
    waiting = []
    const answers: unknown[] = []
    try {
      begin.run()
      for (const decision of decisions) answers.push(decision.run())
      commit.run()
    } catch (error) {
      if (connection.open && connection.inTransaction) rollback.run()
      takeBack(decisions, answers.length, error)
      return
    }
    for (const [i, decision] of decisions.entries()) decision.resolve(answers[i])
  }

  /** Nothing was written. Who waited for another process tries again; a statement that cannot run takes no neighbour with it. */
  function takeBack(decisions: readonly Decision[], reached: number, error: unknown): void {
    const busy = error instanceof Connection.SqliteError && error.code.startsWith('SQLITE_BUSY')
    const again: Decision[] = []
    for (const [i, decision] of decisions.entries()) {
      const patient = busy && performance.now() - decision.since < patience
      const innocent = !(error instanceof Connection.SqliteError) && i !== reached && connection.open
      if (patient || innocent) again.push(decision)
      else decision.reject(unavailable(error))
    }
    if (again.length === 0) return
    if (waiting.length === 0) setTimeout(flush, busy ? 1 + Math.random() * 10 : 0)
    waiting = [...again, ...waiting]
  }

  return (run) =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) setImmediate(flush)
      waiting.push({ run, resolve: resolve as (value: unknown) => void, reject, since: performance.now() })
    })
}

/** Takes back what `steps` wrote where it returns false, and leaves the rest of the transaction as it was. */
export function createAtomically(connection: Connection.Database): (steps: () => boolean) => void {
  const savepoint = connection.prepare('SAVEPOINT decision')
  const rollbackTo = connection.prepare('ROLLBACK TO decision')
  const release = connection.prepare('RELEASE decision')
  return (steps) => {
    savepoint.run()
    if (!steps()) rollbackTo.run()
    release.run()
  }
}
