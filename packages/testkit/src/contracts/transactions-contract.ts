import { describe, expect, test } from 'vitest'
import { aTransaction, start } from './records.ts'
import { type Open, openedForEachTest } from './stores-under-test.ts'

export function transactionsContract(
  name: string,
  open: Open<'transactions' | 'grantStore' | 'sweep'>,
): void {
  describe(`the transactions of ${name}`, () => {
    const stores = openedForEachTest(open)

    test('gives back what was inserted, expired or not', async () => {
      const plain = aTransaction({ expiresAt: start - 1 })
      const pushed = aTransaction({ pushedRequestHash: 'hash' })
      await stores().transactions.insert(plain)
      await stores().transactions.insert(pushed)
      expect(await stores().transactions.find(plain.id)).toEqual(plain)
      expect(await stores().transactions.find(pushed.id)).toEqual(pushed)
      expect(await stores().transactions.find('another')).toBeUndefined()
    })

    test('remembers the user, and keeps an earlier login where the change names none', async () => {
      const transaction = aTransaction()
      await stores().transactions.insert(transaction)
      const { update, find } = stores().transactions
      expect(await update(transaction.id, { subject: 'alice', authenticatedAt: start + 1.5 })).toBe(true)
      expect(await update(transaction.id, { subject: 'bob' })).toBe(true)
      expect(await find(transaction.id)).toEqual({
        ...transaction,
        subject: 'bob',
        authenticatedAt: start + 1.5,
      })
    })

    test('is finished once, however many try at once, and then neither found nor updated', async () => {
      const transaction = aTransaction()
      await stores().transactions.insert(transaction)
      const finish = { do: 'finish transaction', id: transaction.id } as const
      const failed = await Promise.all(Array.from({ length: 50 }, () => stores().grantStore.commit([finish])))
      expect(failed.filter((write) => write === undefined)).toHaveLength(1)
      expect(await stores().transactions.find(transaction.id)).toBeUndefined()
      expect(await stores().transactions.update(transaction.id, { subject: 'alice' })).toBe(false)
    })

    test('updates nothing where there is no such transaction', async () => {
      expect(await stores().transactions.update('another', { subject: 'alice' })).toBe(false)
    })

    test('is swept some time after its end', async () => {
      const transaction = aTransaction()
      await stores().transactions.insert(transaction)
      await stores().sweep(start + 86_400)
      expect(await stores().transactions.find(transaction.id)).toBeUndefined()
    })
  })
}
