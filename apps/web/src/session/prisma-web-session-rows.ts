import type { WebSessionRow, WebSessionRows } from './web-session-rows.ts'

interface StoredRow {
  readonly id: string
  readonly subject: string | null
  readonly sealed: Uint8Array<ArrayBuffer>
  readonly version: number
  readonly lockedUntil: number | null
  readonly createdAt: number
  readonly lastUsedAt: number
  readonly expiresAt: number
}

/** What is used of Prisma's `webSession`. */
export interface WebSessionTable {
  create(query: { data: StoredRow }): PromiseLike<unknown>
  findUnique(query: { where: { id: string } }): PromiseLike<StoredRow | null>
  updateMany(query: {
    where: { id: string; version: number }
    data: Partial<StoredRow>
  }): PromiseLike<{ count: number }>
  deleteMany(query: {
    where: { id: string } | { subject: string } | { expiresAt: { lt: number } }
  }): PromiseLike<{ count: number }>
}

/** The rows in web.db. Each method is one statement; it rejects where the database cannot answer. */
export function prismaWebSessionRows(table: WebSessionTable): WebSessionRows {
  return {
    async insert({ idHash, subject, lockedUntil, ...row }) {
      await table.create({
        data: { ...row, id: idHash, subject: subject ?? null, lockedUntil: lockedUntil || null },
      })
    },
    async find(idHash) {
      const row = await table.findUnique({ where: { id: idHash } })
      if (row === null) return undefined
      const { id: _, subject, lockedUntil, ...rest } = row
      return {
        ...rest,
        idHash,
        subject: subject ?? undefined,
        lockedUntil: lockedUntil ?? 0,
      } satisfies WebSessionRow
    },
    async update(idHash, ifVersion, { lockedUntil, ...change }) {
      const lock = lockedUntil === undefined ? {} : { lockedUntil: lockedUntil || null }
      const data = { ...change, ...lock, version: ifVersion + 1 }
      return (await table.updateMany({ where: { id: idHash, version: ifVersion }, data })).count === 1
    },
    remove: async (idHash) => (await table.deleteMany({ where: { id: idHash } })).count === 1,
    removeOf: async (subject) => (await table.deleteMany({ where: { subject } })).count,
    removeExpired: async (now) => (await table.deleteMany({ where: { expiresAt: { lt: now } } })).count,
  }
}
