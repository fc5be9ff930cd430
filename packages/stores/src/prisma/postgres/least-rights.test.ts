import { chownSync, copyFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { requirement } from '@keybound/testkit'
import { describeWith } from '@keybound/testkit/describe-with'
import { type ThrowAwayCa, throwAwayCa } from '@keybound/testkit/servers'
import { afterAll, beforeAll, expect } from 'vitest'
import { openPostgres } from './open-postgres.ts'
import { postgresStores } from './postgres-stores.ts'
import { migratedDatabases, patient, queryOnce } from './testing/migrated-databases.ts'

const now = 1_800_000_000

describeWith(['PostgreSQL'], 'PostgreSQL with no more rights than are needed', () => {
  const { server, newDatabase } = migratedDatabases()
  const directory = mkdtempSync(join(tmpdir(), 'keybound-tls-'))
  let tls: ThrowAwayCa
  beforeAll(async () => {
    tls = await throwAwayCa(directory)
    const data = join(server().directory, 'data')
    const { uid, gid } = statSync(data)
    for (const [from, to] of [
      [tls.certificate, 'server.crt'],
      [tls.key, 'server.key'],
    ] as const) {
      copyFileSync(from, join(data, to))
      chownSync(join(data, to), uid, gid)
    }
    await queryOnce(server().url(), 'ALTER SYSTEM SET ssl = on')
    await queryOnce(server().url(), 'SELECT pg_reload_conf()')
  })
  afterAll(() => rmSync(directory, { recursive: true, force: true }))

  /** The rights that docs/hardened.md gives. */
  async function asApp(): Promise<URL> {
    const url = new URL(await newDatabase())
    const role = `app_${url.pathname.slice(1)}`
    await queryOnce(url.href, `CREATE ROLE ${role} LOGIN`)
    const manual = readFileSync(new URL('../../../../../docs/hardened.md', import.meta.url), 'utf8')
    const grant = /^GRANT .* TO keybound_app;$/m.exec(manual)?.[0] ?? ''
    await queryOnce(url.href, grant.replace('keybound_app', role))
    url.username = role
    return url
  }

  async function useEverything(url: string): Promise<void> {
    const db = await openPostgres({ url, limits: patient, clock: () => now })
    const stores = postgresStores(db)
    const entry = { key: 'key', acceptableFrom: now - 10, expiresAt: now + 20, now }
    expect([await stores.ledger.remember(entry), await stores.ledger.remember(entry)]).toEqual([true, false])
    expect(await stores.grantStore.commit([{ do: 'remember', ...entry, key: 'other' }])).toBeUndefined()
    expect(await stores.clients.find('nobody')).toBeUndefined()
    await stores.sweep(now + 1000)
    await db.ping()
    await db.close()
  }

  requirement('OPS-46', 'serves a role that may not make, change or drop a table', async () => {
    const url = (await asApp()).href
    await useEverything(url)
    for (const sql of ['CREATE TABLE mine (id int)', 'DROP TABLE clients', 'ALTER TABLE codes ADD x int'])
      await expect(queryOnce(url, sql), sql).rejects.toThrow(/permission denied|must be owner/)
  })

  requirement(
    'OPS-48',
    'ends after a restore what the backup would bring back, with the words of the runbook',
    async () => {
      const runbooks = readFileSync(new URL('../../../../../docs/runbooks.md', import.meta.url), 'utf8')
      const [, statements = ''] = /```sql\n([\s\S]*?)```/.exec(runbooks) ?? []
      expect(statements).toContain('UPDATE grants SET revoked_at')
      await queryOnce((await asApp()).href, statements)
    },
  )

  requirement('OPS-47', 'is reached over TLS, by whoever can verify its certificate', async () => {
    const url = await asApp()
    url.hostname = 'localhost'
    url.searchParams.set('sslmode', 'verify-full')
    await expect(openPostgres({ url: url.href })).rejects.toThrow()
    url.searchParams.set('sslrootcert', tls.ca)
    await useEverything(url.href)
    const [row] = await queryOnce<{ ssl: boolean }>(
      url.href,
      'SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()',
    )
    expect(row?.ssl).toBe(true)
  })
})
