import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type Database, openDatabase } from '@keybound/stores/prisma'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { memoryWebSessionRows } from './memory-web-session-rows.ts'
import { prismaWebSessionRows } from './prisma-web-session-rows.ts'
import type { WebSessionRow, WebSessionRows } from './web-session-rows.ts'

const data = mkdtempSync(join(tmpdir(), 'keybound-web-rows-'))
const prepare = fileURLToPath(new URL('../../../../prisma/prepare.ts', import.meta.url))
const databases: Database[] = []

/** A connection of its own, as another process would have it. */
async function connection(): Promise<WebSessionRows> {
  const database = await openDatabase({ url: `file:${join(data, 'web.db')}` })
  databases.push(database)
  return prismaWebSessionRows(database.prisma.webSession)
}

beforeAll(async () => {
  const env = { PATH: process.env.PATH, KEYBOUND_DATA: data, NODE_ENV: 'test' as const }
  await promisify(execFile)(process.execPath, ['--import', 'tsx', prepare], { env })
}, 60_000)

afterAll(async () => {
  for (const database of databases) await database.close()
  rmSync(data, { recursive: true, force: true })
})

const memory = memoryWebSessionRows()
let made = 0

function row(change: Partial<WebSessionRow> = {}): WebSessionRow {
  return {
    idHash: `hash-${++made}`,
    subject: 'alice-sub',
    sealed: new Uint8Array([1, 2, 3, 0, 255]),
    version: 1,
    createdAt: 1000.25,
    lastUsedAt: 1000.25,
    expiresAt: 2000,
    lockedUntil: 0,
    ...change,
  }
}

describe.each<[string, () => Promise<[WebSessionRows, WebSessionRows]>]>([
  ['memory', async () => [memory, memory]],
  ['web.db over two connections', async () => [await connection(), await connection()]],
])('the rows of web sessions in %s', (_, open) => {
  it('are read as they were written', async () => {
    const [one, other] = await open()
    for (const each of [row(), row({ subject: undefined, lockedUntil: 1234.5 })]) {
      await one.insert(each)
      const read = await other.find(each.idHash)
      expect({ ...read, sealed: Array.from(read?.sealed ?? []) }).toEqual({
        ...each,
        sealed: Array.from(each.sealed),
      })
    }
    expect(await one.find('nobody')).toBeUndefined()
  })

  it('are changed by one of many who read the same version (B-014)', async () => {
    const [one, other] = await open()
    const given = row()
    await one.insert(given)
    const attempts = Array.from({ length: 20 }, (_, n) =>
      (n % 2 ? one : other).update(given.idHash, 1, { lockedUntil: 2000 + n }),
    )
    expect((await Promise.all(attempts)).filter(Boolean)).toHaveLength(1)
    expect(await one.find(given.idHash)).toMatchObject({ version: 2 })
    expect(await other.update(given.idHash, 2, { lockedUntil: 0 })).toBe(true)
    expect(await one.find(given.idHash)).toMatchObject({ version: 3, lockedUntil: 0 })
  })

  it('are removed once', async () => {
    const [one, other] = await open()
    const given = row()
    await one.insert(given)
    const removed = await Promise.all([one.remove(given.idHash), other.remove(given.idHash)])
    expect(removed.filter(Boolean)).toHaveLength(1)
  })

  it('of one user go together, a sign-in under way stays', async () => {
    const [one, other] = await open()
    const subject = `user-${++made}`
    const [first, second, bobs, pending] = [
      row({ subject }),
      row({ subject }),
      row({ subject: `other-${made}` }),
      row({ subject: undefined }),
    ]
    for (const each of [first, second, bobs, pending]) await one.insert(each)
    expect(await other.removeOf(subject)).toBe(2)
    for (const gone of [first, second]) expect(await one.find(gone.idHash)).toBeUndefined()
    for (const stays of [bobs, pending]) expect(await one.find(stays.idHash)).toBeDefined()
  })

  it('are swept when they have ended, and not before', async () => {
    const [one] = await open()
    const [gone, stays] = [row({ expiresAt: 500 }), row({ expiresAt: 3000 })]
    for (const each of [gone, stays]) await one.insert(each)
    await one.removeExpired(600)
    expect(await one.find(gone.idHash)).toBeUndefined()
    expect(await one.find(stays.idHash)).toBeDefined()
  })
})
