import { requirement } from '@keybound/testkit'
import { expect, test } from 'vitest'
import { readStoreUrls } from './store-urls.ts'

const file = 'file:/data/auth.db'
const postgres = 'postgresql://keybound:a-secret@db.example/keybound'
const redis = 'rediss://:a-secret@ledger.example:6379'

test('the URLs alone choose where the ledger is', () => {
  expect(readStoreUrls({ databaseUrl: file, replicas: 1 }).ledger).toBe('database')
  expect(readStoreUrls({ databaseUrl: postgres, replicas: 3 }).ledger).toBe('database')
  expect(readStoreUrls({ databaseUrl: postgres, ledgerUrl: redis, replicas: 3 }).ledger).toBe('redis')
  expect(readStoreUrls({ databaseUrl: file, ledgerUrl: redis, replicas: 1 }).ledger).toBe('redis')
  expect(readStoreUrls({ databaseUrl: file, ledgerUrl: 'memory:', replicas: 1 }).ledger).toBe('memory')
})

requirement('OPS-19', 'a file or a memory that replicas cannot share is refused, with what to do', () => {
  for (const [databaseUrl, ledgerUrl, advice] of [
    [file, undefined, 'set DATABASE_URL to a PostgreSQL database'],
    [file, redis, 'set DATABASE_URL to a PostgreSQL database'],
    [postgres, 'memory:', 'set LEDGER_URL to a Redis'],
  ] as const) {
    const urls = { databaseUrl, replicas: 2, ...(ledgerUrl && { ledgerUrl }) }
    expect(() => readStoreUrls(urls)).toThrow(/KEYBOUND_REPLICAS is 2, but /)
    expect(() => readStoreUrls(urls)).toThrow(advice)
  }
})

requirement(
  'OPS-47',
  'hardened mode goes to another machine over TLS alone, and to no Redis without a password',
  () => {
    const read = (databaseUrl: string, ledgerUrl?: string) => () =>
      readStoreUrls({ databaseUrl, replicas: 1, hardened: true, ...(ledgerUrl && { ledgerUrl }) })
    for (const url of [
      'postgresql://keybound@127.0.0.1/keybound',
      'postgresql://keybound@localhost:5433/keybound',
      'postgresql://keybound@[::1]/keybound',
      'postgresql://keybound@%2Frun%2Fpostgresql/keybound',
      'postgresql:///keybound?host=/run/postgresql',
      `${postgres}?sslmode=verify-full&sslrootcert=/etc/ca.pem`,
      `${postgres}?sslmode=require`,
    ])
      expect(read(url), url).not.toThrow()
    for (const url of [
      postgres,
      `${postgres}?sslmode=prefer`,
      `${postgres}?sslmode=no-verify`,
      'postgresql://k@127.0.0.1.evil.test/k',
      'postgresql://k@localhost/k?host=db.example',
    ])
      expect(read(url), url).toThrow(/^DATABASE_URL leads to another machine in the clear(?!.*a-secret)/)
    expect(read(file, redis)).not.toThrow()
    expect(read(file, 'redis://:a-secret@127.0.0.1:6379')).not.toThrow()
    expect(read(file, 'redis://:a-secret@ledger.example:6379')).toThrow(
      /^LEDGER_URL .* use rediss:(?!.*a-secret)/,
    )
    for (const url of [
      'rediss://ledger.example:6379',
      'redis://127.0.0.1:6379',
      'rediss://keybound@ledger.example',
    ])
      expect(read(file, url), url).toThrow('LEDGER_URL has no password')
  },
)

test('a URL of another kind is refused by the name of its variable, and not shown', () => {
  for (const databaseUrl of ['mysql://a-secret@db', 'postgresql:a-secret', '/data/auth.db', '']) {
    expect(() => readStoreUrls({ databaseUrl, replicas: 1 })).toThrow(/^DATABASE_URL must be (?!.*a-secret)/)
  }
  for (const ledgerUrl of ['memcached://a-secret@ledger', 'redis:a-secret', 'memory', '']) {
    expect(() => readStoreUrls({ databaseUrl: file, ledgerUrl, replicas: 1 })).toThrow(
      /^LEDGER_URL must be (?!.*a-secret)/,
    )
  }
})
