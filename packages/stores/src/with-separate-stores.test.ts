import { storesContract } from '@keybound/testkit/contracts'
import { expect, test } from 'vitest'
import { memoryLedger } from './memory/ledger.ts'
import { memoryStores } from './memory/memory-stores.ts'
import { withSeparateStores } from './with-separate-stores.ts'

const now = 1_800_000_000
const entry = { key: 'key', expiresAt: now + 20, now }
const remember = { do: 'remember', ...entry } as const

storesContract('two stores', async () => withSeparateStores(memoryStores(), { ledger: memoryLedger() }))

test('what was remembered stays used where nobody knows what came of the rest', async () => {
  const stores = memoryStores()
  const cut = new Error('the connection was cut after COMMIT')
  const grantStore = { ...stores.grantStore, commit: () => Promise.reject(cut) }
  const { grantStore: both, ledger } = withSeparateStores(
    { ...stores, grantStore },
    { ledger: memoryLedger() },
  )
  await expect(both.commit([remember, { do: 'revoke grant', grantId: 'g', at: now }])).rejects.toBe(cut)
  expect(await ledger.remember(entry)).toBe(false)
})

test('a replay stops before the grants are asked', async () => {
  const stores = memoryStores()
  const ledger = memoryLedger()
  await ledger.remember(entry)
  const grantStore = { ...stores.grantStore, commit: () => Promise.reject(new Error('asked')) }
  const { grantStore: both } = withSeparateStores({ ...stores, grantStore }, { ledger })
  expect(await both.commit([remember, { do: 'revoke grant', grantId: 'g', at: now }])).toEqual(remember)
})

test('what belongs with the grants is written with them, whatever becomes of the ledger', async () => {
  const stores = memoryStores()
  const kept = { ...remember, key: 'a client assertion', withGrants: true } as const
  const proof = { ...remember, key: 'a proof' }
  const { grantStore } = withSeparateStores(stores, { ledger: memoryLedger() })
  expect(await grantStore.commit([kept, proof])).toBeUndefined()
  const flushed = memoryLedger()
  const afterwards = withSeparateStores(stores, { ledger: flushed })
  const other = { ...remember, key: 'another proof' }
  expect(await afterwards.grantStore.commit([kept, other])).toEqual(kept)
  expect(await flushed.remember(other)).toBe(true)
})

test('a refused commit is refused, and its key used, where it cannot be taken back', async () => {
  const ledger = { ...memoryLedger(), retract: () => Promise.reject(new Error('the ledger is gone')) }
  const { grantStore } = withSeparateStores(memoryStores(), { ledger })
  const missing = { do: 'require live grant', grantId: 'unknown' } as const
  expect(await grantStore.commit([remember, missing])).toEqual(missing)
  expect(await ledger.remember(entry)).toBe(false)
})
