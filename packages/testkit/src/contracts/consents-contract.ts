import { describe, expect, test } from 'vitest'
import { start } from './records.ts'
import { type Open, openedForEachTest } from './stores-under-test.ts'

export function consentsContract(name: string, open: Open<'consents'>): void {
  describe(`the consents of ${name}`, () => {
    const stores = openedForEachTest(open)
    const alice = { subject: 'alice', clientId: 'web', scope: ['openid', 'profile'], grantedAt: start }

    test('finds a consent by user and client', async () => {
      const { consents } = stores()
      await consents.save(alice)
      expect(await consents.find('alice', 'web')).toEqual(alice)
      expect(await consents.find('bob', 'web')).toBeUndefined()
      expect(await consents.find('alice', 'Web')).toBeUndefined()
    })

    test('replaces the earlier consent of the same user and client', async () => {
      const { consents } = stores()
      await consents.save(alice)
      await consents.save({ ...alice, scope: ['openid'], grantedAt: start + 1 })
      expect(await consents.list('alice')).toEqual([{ ...alice, scope: ['openid'], grantedAt: start + 1 }])
    })

    test('keeps one consent when many are saved at once', async () => {
      const { consents } = stores()
      await Promise.all(Array.from({ length: 20 }, () => consents.save(alice)))
      expect(await consents.list('alice')).toEqual([alice])
    })

    test('lists those of one user and removes one', async () => {
      const { consents } = stores()
      await consents.save(alice)
      await consents.save({ ...alice, clientId: 'other' })
      await consents.save({ ...alice, subject: 'bob' })
      expect((await consents.list('alice')).map(({ clientId }) => clientId).sort()).toEqual(['other', 'web'])
      await consents.remove('alice', 'web')
      await consents.remove('alice', 'web')
      expect((await consents.list('alice')).map(({ clientId }) => clientId)).toEqual(['other'])
      expect(await consents.find('bob', 'web')).toBeDefined()
    })
  })
}
