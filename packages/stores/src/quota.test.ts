import { requirement } from '@keybound/testkit'
import { expect } from 'vitest'
import { memoryStores } from './memory/memory-stores.ts'
import { withQuota } from './quota.ts'

const now = 1_800_000_000
const refusal = { code: 'temporarily_unavailable', reason: 'request.rate' }

requirement(
  'L-009',
  'refuses the proofs of a key beyond its quota, writes none of them, and serves all others',
  async () => {
    const { ledger, grantStore } = withQuota(memoryStores(), { most: 100, seconds: 30 })
    const entry = (key: string, owner: string, at = now) => ({ key, owner, expiresAt: at + 20, now: at })
    for (let i = 0; i < 100; i++) expect(await ledger.remember(entry(`${i}`, 'greedy'))).toBe(true)
    for (let i = 100; i < 1000; i++) {
      await expect(ledger.remember(entry(`${i}`, 'greedy', now + 29.9))).rejects.toMatchObject(refusal)
    }
    const commit = grantStore.commit([{ do: 'remember', ...entry('in a commit', 'greedy') }])
    await expect(commit).rejects.toMatchObject(refusal)
    expect(await ledger.remember(entry('100', 'another'))).toBe(true)
    expect(await ledger.remember(entry('in a commit', 'greedy', now + 30))).toBe(true)
  },
)
