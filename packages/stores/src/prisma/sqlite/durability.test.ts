import { once } from 'node:events'
import { requirement } from '@keybound/testkit'
import { expect } from 'vitest'
import { openSqlite } from './open-sqlite.ts'
import { sqliteStores } from './sqlite-stores.ts'
import { migratedFiles } from './testing/migrated-files.ts'
import { runScript } from './testing/run-script.ts'

const newFile = migratedFiles()
const now = 1_800_000_000

requirement(
  ['L-014', 'T-048'],
  'what was acknowledged before kill -9 is there after it, and no exchange is there by half',
  async () => {
    const file = await newFile()
    const { child, lines } = runScript('exchange-until-killed.ts', [file])
    const ended = once(child, 'exit')
    const acknowledged: string[] = []
    for await (const id of lines) {
      acknowledged.push(id)
      if (acknowledged.length === 500) child.kill('SIGKILL')
    }
    expect(await ended).toEqual([null, 'SIGKILL'])
    expect(acknowledged.length).toBeGreaterThanOrEqual(500)

    const db = await openSqlite({ url: `file:${file}` })
    const { grantStore, ledger } = sqliteStores(db)
    for (const id of acknowledged) {
      expect(await ledger.remember({ key: `proof-${id}`, expiresAt: now + 20, now })).toBe(false)
      expect(await grantStore.findRefreshToken(`token-${id}`)).toMatchObject({ grant: { id: `grant-${id}` } })
    }
    const { codes, grants, refreshTokens } = {
      codes: await db.prisma.code.findMany({ where: { grantId: { not: null } } }),
      grants: await db.prisma.grant.findMany(),
      refreshTokens: await db.prisma.refreshToken.findMany(),
    }
    const ids = grants.map(({ id }) => id).sort()
    expect(codes.map(({ grantId }) => grantId).sort()).toEqual(ids)
    expect(refreshTokens.map(({ grantId }) => grantId).sort()).toEqual(ids)
    expect(await db.prisma.ledgerEntry.count()).toBe(ids.length)
    await db.close()
  },
  60_000,
)

requirement(
  'L-002',
  'three processes on one file remember each key once between them, and none of them fails',
  async () => {
    const file = await newFile()
    const firsts = await Promise.all(
      [1, 2, 3].map(async () => {
        const printed: string[] = []
        const { child, lines } = runScript('remember-keys.ts', [file, '1000'])
        const ended = once(child, 'exit')
        for await (const line of lines) printed.push(line)
        expect(await ended).toEqual([0, null])
        return printed
      }),
    )
    const all = firsts.flat().sort()
    expect(all.filter((line) => line.endsWith('failed'))).toEqual([])
    expect(all).toEqual(Array.from({ length: 1000 }, (_, i) => `key-${i} true`).sort())
  },
  60_000,
)
