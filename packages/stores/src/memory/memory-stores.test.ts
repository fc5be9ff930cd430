import { storesContract } from '@keybound/testkit/contracts'
import { expect, test } from 'vitest'
import { memoryLedger } from './ledger.ts'
import { memoryStores } from './memory-stores.ts'

storesContract('memory', async () => memoryStores())

test('a ledger of its own forgets what has ended while it goes on, without being swept', async () => {
  const ledger = memoryLedger()
  const start = 1_800_000_000
  for (let i = 0; i < 1000; i++) {
    const now = start + i
    expect(await ledger.remember({ key: 'one key', expiresAt: now + 0.5, now })).toBe(true)
  }
})
