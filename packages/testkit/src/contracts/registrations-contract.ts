import { describe, expect, test } from 'vitest'
import { requirement } from '../requirement.ts'
import { aClient, aGrant, start } from './records.ts'
import { type Open, openedForEachTest } from './stores-under-test.ts'

const plenty = { most: 1000, since: start }

type Ports = 'registrations' | 'clients' | 'saveClient' | 'consents' | 'grantStore'

export function registrationsContract(name: string, open: Open<Ports>): void {
  describe(`the registrations of ${name}`, () => {
    const stores = openedForEachTest(open)
    const registered = (hash: string) =>
      aClient({
        client_id_issued_at: start,
        registration_access_token_hash: hash,
        jwks_uri: 'https://client.example/jwks',
      })

    requirement(
      'G-012',
      'lets so many register themselves since an instant, however many try at once',
      async () => {
        const { registrations, saveClient, clients } = stores()
        await saveClient(aClient())
        const quota = { most: 3, since: start }
        const flood = Array.from({ length: 12 }, (_, i) => registered(`${i}`))
        const inserted = await Promise.all(flood.map((client) => registrations.insert(client, quota)))
        expect(inserted.filter(Boolean)).toHaveLength(3)
        for (const [i, { client_id }] of flood.entries()) {
          expect((await clients.find(client_id)) !== undefined).toBe(inserted[i])
        }
        expect(await registrations.insert(registered('later'), { ...quota, since: start + 1 })).toBe(true)
      },
    )

    test('gives back a client as it was inserted, and never replaces one by an insert', async () => {
      const { registrations, clients } = stores()
      const client = registered('one')
      await registrations.insert(client, plenty)
      expect(await clients.find(client.client_id)).toEqual(client)
      await expect(registrations.insert({ ...client, client_name: 'Another' }, plenty)).rejects.toThrow()
      expect(await clients.find(client.client_id)).toEqual(client)
    })

    test('replaces for the holder of the token only', async () => {
      const { registrations, clients } = stores()
      const client = registered('one')
      await registrations.insert(client, plenty)
      const changed = { ...client, client_name: 'Changed' }
      expect(await registrations.replace(changed, 'two')).toBe(false)
      expect(await registrations.replace({ ...changed, client_id: 'other' }, 'one')).toBe(false)
      expect(await clients.find(client.client_id)).toEqual(client)
      expect(await registrations.replace(changed, 'one')).toBe(true)
      expect(await clients.find(client.client_id)).toEqual(changed)
    })

    test('removes once, for the holder of the token only, and ends consents and grants with it', async () => {
      const { registrations, clients, consents, grantStore } = stores()
      const client = registered('one')
      const grant = aGrant({ clientId: client.client_id })
      const foreign = aGrant({ clientId: 'other' })
      await registrations.insert(client, plenty)
      await grantStore.commit([
        { do: 'insert grant', grant },
        { do: 'insert grant', grant: foreign },
      ])
      await consents.save({
        subject: 'alice',
        clientId: client.client_id,
        scope: ['openid'],
        grantedAt: start,
      })
      await consents.save({ subject: 'alice', clientId: 'other', scope: ['openid'], grantedAt: start })

      expect(await registrations.remove(client.client_id, 'two', start)).toBe(false)
      const removals = Array.from({ length: 8 }, () => registrations.remove(client.client_id, 'one', start))
      expect((await Promise.all(removals)).filter(Boolean)).toHaveLength(1)
      expect(await clients.find(client.client_id)).toBeUndefined()
      expect((await grantStore.findGrant(grant.id))?.revokedAt).toBe(start)
      expect((await grantStore.findGrant(foreign.id))?.revokedAt).toBeUndefined()
      expect((await consents.list('alice')).map(({ clientId }) => clientId)).toEqual(['other'])
    })
  })
}
