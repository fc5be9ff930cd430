import type { WebSessionRow, WebSessionRows } from './web-session-rows.ts'

/** For tests: the rows' contract over a map. */
export function memoryWebSessionRows(): WebSessionRows & {
  readonly all: ReadonlyMap<string, WebSessionRow>
} {
  const all = new Map<string, WebSessionRow>()

  function removeWhere(isMeant: (row: WebSessionRow) => boolean): number {
    const meant = [...all.values()].filter(isMeant)
    for (const row of meant) all.delete(row.idHash)
    return meant.length
  }

  return {
    all,
    async insert(row) {
      if (all.has(row.idHash)) throw new Error('This row exists')
      all.set(row.idHash, row)
    },
    find: async (idHash) => all.get(idHash),
    async update(idHash, ifVersion, change) {
      const row = all.get(idHash)
      if (row?.version !== ifVersion) return false
      all.set(idHash, { ...row, ...change, version: ifVersion + 1 })
      return true
    },
    remove: async (idHash) => all.delete(idHash),
    removeOf: async (subject) => removeWhere((row) => row.subject === subject),
    removeExpired: async (now) => removeWhere((row) => row.expiresAt <= now),
  }
}
