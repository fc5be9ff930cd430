import { describe, expect, test } from 'vitest'
import { aGrant, start } from './records.ts'
import { type Open, openedForEachTest } from './stores-under-test.ts'

export function revocationsContract(name: string, open: Open<'revocations' | 'grantStore' | 'sweep'>): void {
  describe(`the revocations of ${name}`, () => {
    const stores = openedForEachTest(open)

    test('an access token is revoked by itself, others of its grant are not', async () => {
      const { revocations, grantStore } = stores()
      const grant = aGrant()
      await grantStore.commit([{ do: 'insert grant', grant }])
      const withdraw = { do: 'revoke access token', jtiHash: 'one', expiresAt: start + 300 } as const
      expect(await grantStore.commit([withdraw])).toBeUndefined()
      expect(await grantStore.commit([withdraw])).toBeUndefined()
      expect(await revocations.isRevoked({ jtiHash: 'one', grantId: grant.id })).toBe(true)
      expect(await revocations.isRevoked({ jtiHash: 'one' })).toBe(true)
      expect(await revocations.isRevoked({ jtiHash: 'two', grantId: grant.id })).toBe(false)
      expect(await revocations.isRevoked({ jtiHash: 'two' })).toBe(false)
    })

    test('every access token is revoked with its grant', async () => {
      const { revocations, grantStore } = stores()
      const grant = aGrant()
      await grantStore.commit([{ do: 'insert grant', grant }])
      await grantStore.commit([{ do: 'revoke grant', grantId: grant.id, at: start }])
      expect(await revocations.isRevoked({ jtiHash: 'one', grantId: grant.id })).toBe(true)
    })

    test('a token whose grant is not there counts as revoked', async () => {
      expect(await stores().revocations.isRevoked({ jtiHash: 'one', grantId: 'lost' })).toBe(true)
    })

    test('a withdrawn token stays withdrawn until its end has passed', async () => {
      const { revocations, grantStore, sweep } = stores()
      await grantStore.commit([{ do: 'revoke access token', jtiHash: 'one', expiresAt: start + 300 }])
      await sweep(start + 300)
      expect(await revocations.isRevoked({ jtiHash: 'one' })).toBe(true)
      await sweep(start + 86_400)
      expect(await revocations.isRevoked({ jtiHash: 'one' })).toBe(false)
    })
  })
}
