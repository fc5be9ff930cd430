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

test('a file or a memory that replicas cannot share is refused, with what to do', () => {
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
