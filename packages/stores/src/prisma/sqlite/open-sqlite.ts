import { chmodSync, existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { appliedToSqlite, migrationState, migrations, PrismaClient } from '@keybound/prisma'
import type { Database as Connection } from 'better-sqlite3'
import { answered } from '../../unavailable.ts'
import type { Database } from '../database.ts'
import { connect } from './connect.ts'
import { createDecisions, type Decide } from './decisions.ts'
import { workingTimeout } from './patience.ts'
import { createTurns } from './turns.ts'

/** One SQLite file, and the one connection that this process has to it. */
export interface SqliteDatabase extends Database {
  /** A store must not be awaited inside a `$transaction`: it waits for that transaction's end. */
  readonly prisma: PrismaClient
  /** For statements that decide, inside `decide` only. */
  readonly connection: Connection
  readonly decide: Decide
  /** Runs statements that only read, outside any transaction that is still open. Throws OAuthError temporarily_unavailable where they cannot run. */
  read<T>(read: () => T): Promise<T>
}

/**
 * Opens `file:<path>`. The file must have been prepared: this process migrates nothing.
 *
 * Throws Error where the file is missing, or where its migrations are not those that this build was made for (older or newer).
 */
export async function openSqlite({
  url,
  logLimit,
}: {
  readonly url: string
  /** Octets of the write-ahead log beyond which nothing is written: a gigabyte unless told otherwise. */
  readonly logLimit?: number
}): Promise<SqliteDatabase> {
  const file = resolve(url.slice('file:'.length))
  if (!existsSync(file))
    throw new Error(`${file} does not exist yet: run npm run prepare:data -w @keybound/prisma`)
  chmodSync(file, 0o600)

  const turns = createTurns()
  const { connection, adapter } = await connect(file, turns)
  try {
    checkMigrations(connection)
    tune(connection)
  } catch (error) {
    connection.close()
    throw error
  }
  const prisma = new PrismaClient({ adapter })
  const decide = createDecisions(connection, turns, logLimit)
  return {
    prisma,
    connection,
    decide,
    read: (read) => answered(turns.alone(read)),
    ping: async () => void (await answered(prisma.$queryRaw`SELECT 1`)),
    async close() {
      await decide(() => {}).catch(() => {})
      await prisma.$disconnect()
      await turns.alone(() => connection.close())
    },
  }
}

function checkMigrations(connection: Connection): void {
  const applied = appliedToSqlite(connection)
  if (migrationState(connection.name, applied, migrations.sqlite) === 'current') return
  throw new Error(`${connection.name} is not migrated yet: run npm run prepare:data -w @keybound/prisma`)
}

/**
 * With a write-ahead log and synchronous = NORMAL a commit is in the file system's hands before it is answered: it survives
 * kill -9. After a loss of power the last moments may be missing, but the file is sound.
 */
function tune(connection: Connection): void {
  connection.pragma('journal_mode = WAL')
  connection.pragma('synchronous = NORMAL')
  // Pages. Whoever commits the last of them waits while they are copied: about 8 ms, where 4,000 held everybody up for 40 ms and were 8 % faster.
  connection.pragma('wal_autocheckpoint = 800')
  connection.pragma('journal_size_limit = 67108864')
  connection.pragma('cache_size = -65536')
  connection.pragma(`busy_timeout = ${workingTimeout}`)
}
