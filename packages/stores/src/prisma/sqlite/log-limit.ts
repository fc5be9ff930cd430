import { statSync } from 'node:fs'
import type { Database as Connection } from 'better-sqlite3'

/** Octets of the write-ahead log beyond which nothing is written any more. */
const usualLimit = 1024 ** 3

/** Commits between two looks at it. */
const interval = 64

/**
 * The write-ahead log grows for as long as another process reads the file in one transaction, such as a backup that hangs. This says whether
 * it may grow further; where it may not, it is emptied as soon as nobody reads what is in it.
 */
export function createLogLimit(connection: Connection, most = usualLimit): () => boolean {
  const log = `${connection.name}-wal`
  let commits = 0
  let isFull = false

  function size(): number {
    return statSync(log, { throwIfNoEntry: false })?.size ?? 0
  }

  return () => {
    if (!isFull && ++commits % interval !== 0) return true
    isFull = size() > most
    if (!isFull) return true
    try {
      // It gives up at once where somebody still reads.
      connection.pragma('wal_checkpoint(TRUNCATE)')
    } catch {
      return false
    }
    isFull = size() > most
    return !isFull
  }
}
