import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmdirSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { requirement } from '@keybound/testkit'
import { describeWith } from '@keybound/testkit/describe-with'
import { afterAll, describe, expect, test } from 'vitest'
import { openPostgres } from './open-postgres.ts'
import { postgresStores } from './postgres-stores.ts'
import { migratedDatabases, patient, queryOnce } from './testing/migrated-databases.ts'

const now = 1_800_000_000
const refusal = { code: 'temporarily_unavailable', reason: 'store.available' }
const entry = (key: string) => ({ key, expiresAt: now + 20, now })

function mount(directory: string, options: string): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', directory], { stdio: 'pipe' })
}

/** Even root may not everywhere. */
function mayMount(): boolean {
  const directory = mkdtempSync(join(tmpdir(), 'keybound-may-mount-'))
  try {
    mount(directory, 'size=64k')
    execFileSync('umount', [directory])
    return true
  } catch {
    return false
  } finally {
    rmdirSync(directory)
  }
}

const title = 'PostgreSQL on a full disk'
if (mayMount()) {
  describeWith(['PostgreSQL'], title, () => {
    const { server, newDatabase } = migratedDatabases()
    let disk = ''
    afterAll(() => {
      if (disk) execFileSync('umount', ['--lazy', disk])
    })

    requirement(
      'L-015',
      'refuses what finds no room, then accepts what was refused, and nothing twice',
      async () => {
        const { uid, gid } = statSync(join(server().directory, 'data'))
        const directory = join(server().directory, 'small')
        mkdirSync(directory)
        mount(directory, `size=1m,uid=${uid},gid=${gid},mode=700`)
        disk = directory
        const url = await newDatabase()
        await queryOnce(server().url(), `CREATE TABLESPACE small LOCATION '${disk}'`)
        await queryOnce(url, 'ALTER TABLE ledger SET TABLESPACE small')
        await queryOnce(url, 'ALTER INDEX ledger_pkey SET TABLESPACE small')
        const db = await openPostgres({ url, limits: patient })
        const { ledger, grantStore } = postgresStores(db)
        const keys = Array.from({ length: 20_000 }, (_, i) => `${i}`)
        const outcomes = await Promise.allSettled(keys.map((key) => ledger.remember(entry(key))))
        const refused = outcomes.filter((outcome) => outcome.status === 'rejected')
        expect(refused.length).toBeGreaterThan(0)
        for (const { reason } of refused) expect(reason).toMatchObject(refusal)
        const write = { do: 'remember', ...entry(keys[0] ?? '') } as const
        expect(await grantStore.commit([write]), 'what is known needs no room').toEqual(write)
        mount(disk, 'remount,size=64m')
        const again = await Promise.all(keys.map((key) => ledger.remember(entry(key))))
        expect(again).toEqual(outcomes.map(({ status }) => status === 'rejected'))
        await db.close()
      },
    )
  })
} else {
  process.stderr.write(`Skipped: ${title}. There is no right to mount a small one here\n`)
  describe.skip(`${title} [skipped: no right to mount a small one]`, () => {
    test('refuses what finds no room', () => {})
  })
}
