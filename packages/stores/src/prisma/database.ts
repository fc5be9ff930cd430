import type { PrismaClient } from '@keybound/prisma'

/** An open database, of either kind. */
export interface Database {
  /** For ordinary reads and writes; the same models, whatever is behind it. */
  readonly prisma: PrismaClient
  /** Throws OAuthError temporarily_unavailable while the database does not answer. */
  ping(): Promise<void>
  /** Waits for what was asked for before. */
  close(): Promise<void>
}
