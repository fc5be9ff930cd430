import Database from 'better-sqlite3'
import type { Adapter, Payload } from 'oidc-provider'

/** oidc-provider's records in a Map, without a bound: its own memory adapter keeps a thousand. */
export function mapAdapter(): (model: string) => Adapter {
  const records = new Map<string, Payload>()
  return (model) => ({
    async upsert(id, payload) {
      records.set(`${model}:${id}`, payload)
    },
    async find(id) {
      return records.get(`${model}:${id}`)
    },
    async consume(id) {
      const record = records.get(`${model}:${id}`)
      if (record) records.set(`${model}:${id}`, { ...record, consumed: Math.floor(Date.now() / 1000) })
    },
    async destroy(id) {
      records.delete(`${model}:${id}`)
    },
    findByUid: async () => undefined,
    findByUserCode: async () => undefined,
    async revokeByGrantId() {},
  })
}

/** The same in SQLite, as fast as its interface allows: prepared statements, WAL, one statement for each call. */
export function sqliteAdapter(file: string): (model: string) => Adapter {
  const db = new Database(file)
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = NORMAL')
  db.exec(
    'CREATE TABLE records (key TEXT PRIMARY KEY, payload TEXT NOT NULL, expires_at INTEGER) WITHOUT ROWID',
  )
  const upsert = db.prepare('INSERT OR REPLACE INTO records (key, payload, expires_at) VALUES (?, ?, ?)')
  const find = db.prepare<[string], { payload: string }>('SELECT payload FROM records WHERE key = ?')
  const destroy = db.prepare('DELETE FROM records WHERE key = ?')
  const consume = db.prepare("UPDATE records SET payload = json_set(payload, '$.consumed', ?) WHERE key = ?")
  return (model) => ({
    async upsert(id, payload, expiresIn) {
      upsert.run(`${model}:${id}`, JSON.stringify(payload), Math.floor(Date.now() / 1000) + expiresIn)
    },
    async find(id) {
      const row = find.get(`${model}:${id}`)
      return row && JSON.parse(row.payload)
    },
    async consume(id) {
      consume.run(Math.floor(Date.now() / 1000), `${model}:${id}`)
    },
    async destroy(id) {
      destroy.run(`${model}:${id}`)
    },
    findByUid: async () => undefined,
    findByUserCode: async () => undefined,
    async revokeByGrantId() {},
  })
}
