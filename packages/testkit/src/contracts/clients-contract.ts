import { describe, expect, test } from 'vitest'
import { aClient } from './records.ts'
import { type Open, openedForEachTest } from './stores-under-test.ts'

export function clientsContract(name: string, open: Open<'clients' | 'saveClient'>): void {
  describe(`the clients of ${name}`, () => {
    const stores = openedForEachTest(open)

    test('gives back a public client as it was saved', async () => {
      const client = aClient()
      await stores().saveClient(client)
      expect(await stores().clients.find(client.client_id)).toEqual(client)
    })

    test('gives back keys, secret hash and every other member', async () => {
      const client = aClient({
        client_name: 'Zoë "quoted" \\ 密钥',
        token_endpoint_auth_method: 'private_key_jwt',
        post_logout_redirect_uris: ['https://client.example/'],
        jwks: {
          keys: [
            { kty: 'EC', crv: 'P-256', x: 'x', y: 'y', kid: 'one' },
            { kty: 'OKP', crv: 'Ed25519', x: 'x' },
          ],
        },
        client_secret_hash: 'hash',
        dpop_bound_access_tokens: false,
        require_pushed_authorization_requests: true,
        introspects: ['https://api.example/profile'],
        security_profile: 'fapi2',
        access_token_format: 'opaque',
      })
      await stores().saveClient(client)
      expect(await stores().clients.find(client.client_id)).toEqual(client)
    })

    test('replaces a client that is saved again, absent members included', async () => {
      const client = aClient({ client_secret_hash: 'hash' })
      await stores().saveClient(client)
      const { client_secret_hash: _, ...without } = { ...client, redirect_uris: [] }
      await stores().saveClient(without)
      expect(await stores().clients.find(client.client_id)).toEqual(without)
    })

    test('finds nobody under a client_id that differs by case or space', async () => {
      const client = aClient({ client_id: 'Client' })
      await stores().saveClient(client)
      for (const other of ['client', 'CLIENT', ' Client', 'Client ', '', 'Clien', '%']) {
        expect(await stores().clients.find(other)).toBeUndefined()
      }
    })
  })
}
