// remember-keys <file> <count>: remembers the same keys as everybody else, and prints those for which it was the first.
import process from 'node:process'
import { sqliteLedger } from '../ledger.ts'
import { openSqlite } from '../open-sqlite.ts'

const [file, count] = process.argv.slice(2)
const db = await openSqlite({ url: `file:${file}` })
const ledger = sqliteLedger(db)
const now = 1_800_000_000

for (let i = 0; i < Number(count); i += 10) {
  const keys = Array.from({ length: 10 }, (_, j) => `key-${i + j}`)
  const firsts = await Promise.all(
    keys.map((key) => ledger.remember({ key, expiresAt: now + 20, now }).catch(() => 'failed')),
  )
  for (const [j, first] of firsts.entries()) if (first) process.stdout.write(`${keys[j]} ${first}\n`)
}
await db.close()
