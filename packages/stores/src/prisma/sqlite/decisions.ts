import type { Database as Connection } from 'better-sqlite3'
import { unavailable } from '../../unavailable.ts'
import { createLogLimit } from './log-limit.ts'
import { isSqliteError, mayTryAgain, pause } from './patience.ts'
import type { Turns } from './turns.ts'

/** How many decisions share one transaction at most, so that nobody waits long for those who came at the same time. */
const together = 256

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
 * by itself (see createAtomically); the answers go out after the common COMMIT.
 *
 * A decision throws OAuthError temporarily_unavailable where the database cannot answer, and then nothing of it was written.
 * @param logLimit octets; see createLogLimit
 */
export function createDecisions(connection: Connection, turns: Turns, logLimit?: number): Decide {
  const mayGrow = createLogLimit(connection, logLimit)
  const begin = connection.prepare('BEGIN IMMEDIATE')
  const commit = connection.prepare('COMMIT')
  const rollback = connection.prepare('ROLLBACK')
  let waiting: Decision[] = []
  let scheduled = false

  function schedule(delay?: number): void {
    if (scheduled || waiting.length === 0) return
    scheduled = true
    if (delay === undefined) setImmediate(flush)
    else setTimeout(flush, delay)
  }

  function flush(): void {
    if (!turns.isFree) {
      void turns.alone(flush)
      return
    }
    scheduled = false
    const decisions = waiting.splice(0, together)
    const again = decideTogether(decisions)
    waiting = [...again, ...waiting]
    schedule(again.length > 0 ? pause() : undefined)
  }

  /** Returns those that are to be tried again; all others have their answer. */
  function decideTogether(decisions: readonly Decision[]): readonly Decision[] {
    const answers: unknown[] = []
    if (!mayGrow()) return refuse(decisions, new Error('The log is full: somebody reads for too long'))
    try {
      begin.run()
      for (const decision of decisions) answers.push(decision.run())
      commit.run()
    } catch (error) {
      takeBack()
      return sortOut(decisions, answers.length, error)
    }
    for (const [i, decision] of decisions.entries()) decision.resolve(answers[i])
    return []
  }

  function refuse(decisions: readonly Decision[], error: Error): readonly Decision[] {
    for (const { reject } of decisions) reject(unavailable(error))
    return []
  }

  function takeBack(): void {
    try {
      if (connection.inTransaction) rollback.run()
    } catch {
      // The file is gone or broken. What was not committed is not there; the next BEGIN says so again.
    }
  }

  /** Nothing was written. Who met another process tries again, and a decision that cannot run takes no neighbour with it. */
  function sortOut(decisions: readonly Decision[], reached: number, error: unknown): readonly Decision[] {
    return decisions.filter((decision, i) => {
      const isNeighbour = i !== reached && connection.open && !isSqliteError(error)
      if (isNeighbour || mayTryAgain(error, decision.since)) return true
      decision.reject(unavailable(error))
      return false
    })
  }

  return (run) =>
    new Promise((resolve, reject) => {
      waiting.push({ run, resolve: resolve as (value: unknown) => void, reject, since: performance.now() })
      schedule()
    })
}

/** Takes back what `steps` wrote where it returns false, and leaves the rest of the transaction as it was. */
export function createAtomically(connection: Connection): (steps: () => boolean) => void {
  const savepoint = connection.prepare('SAVEPOINT decision')
  const rollbackTo = connection.prepare('ROLLBACK TO decision')
  const release = connection.prepare('RELEASE decision')
  return (steps) => {
    savepoint.run()
    if (!steps()) rollbackTo.run()
    release.run()
  }
}
