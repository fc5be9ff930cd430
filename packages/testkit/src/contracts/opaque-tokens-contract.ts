import { describe, expect, test } from 'vitest'
import { start } from './records.ts'
import { type Open, openedForEachTest } from './stores-under-test.ts'

export function opaqueTokensContract(
  name: string,
  open: Open<'opaqueTokens' | 'grantStore' | 'sweep'>,
): void {
  describe(`the opaque access tokens of ${name}`, () => {
    const stores = openedForEachTest(open)
    const token = {
      hash: 'hash',
      claims: { iss: 'https://as.example', aud: ['a', 'b'], cnf: { jkt: 'x' }, exp: start },
      expiresAt: start,
    }

    test('gives back a token as it was inserted, and no other', async () => {
      const { opaqueTokens, grantStore } = stores()
      expect(await grantStore.commit([{ do: 'insert opaque token', token }])).toBeUndefined()
      expect(await opaqueTokens.find('hash')).toEqual(token)
      expect(await opaqueTokens.find('HASH')).toBeUndefined()
    })

    test('inserts a hash once, and nothing of a commit that fails', async () => {
      const { opaqueTokens, grantStore } = stores()
      const insert = { do: 'insert opaque token', token } as const
      const unknown = { do: 'require live grant', grantId: 'unknown' } as const
      expect(await grantStore.commit([insert, unknown])).toBe(unknown)
      expect(await opaqueTokens.find('hash')).toBeUndefined()
      await grantStore.commit([insert])
      expect(await grantStore.commit([insert])).toBe(insert)
    })

    test('is swept some time after its end', async () => {
      const { opaqueTokens, grantStore, sweep } = stores()
      await grantStore.commit([{ do: 'insert opaque token', token }])
      await sweep(start)
      expect(await opaqueTokens.find('hash')).toEqual(token)
      await sweep(start + 86_400)
      expect(await opaqueTokens.find('hash')).toBeUndefined()
    })
  })
}
