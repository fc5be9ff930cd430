import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { generateKey } from '@keybound/dpop'
import { openStores } from '@keybound/stores'
import type { JWK } from 'jose'
import type { Cluster } from '../topology/start-cluster.ts'
import { httpSender } from './http-sender.ts'
import { alice, type RacePlatform } from './race-platform.ts'
import { signIn } from './sign-in.ts'

/** Again where the database does not answer in time at first, as on a machine that has other things to do. */
async function opened(urls: Parameters<typeof openStores>[0]) {
  for (let turn = 0; ; turn++) {
    try {
      return await openStores(urls)
    } catch (error) {
      if (turn > 20) throw error
    }
  }
}

/** Races against the replicas of a cluster, each reached by itself, so that a race meets all of them. */
export async function clusterPlatform(
  { issuer, api, env, data, auth, apis }: Cluster,
  connections: number,
): Promise<RacePlatform & { close(): Promise<void> }> {
  const senders = {
    'auth-server': auth.map(({ url }) => httpSender(url, connections)),
    'resource-api': apis.map(({ url }) => httpSender(url, connections)),
  }
  const prefix = new URL(issuer).pathname.replace(/\/$/, '')
  const send: RacePlatform['send'] = (replica, request) => {
    const path = request.to === 'auth-server' ? prefix + request.path : request.path
    const sender = senders[request.to][replica % auth.length]
    if (!sender) throw new TypeError('No such replica')
    return sender.send({ ...request, path })
  }
  const stores = await opened({
    databaseUrl: env.DATABASE_URL ?? '',
    ...(env.LEDGER_URL && { ledgerUrl: env.LEDGER_URL }),
    replicas: auth.length,
  })
  async function close(): Promise<void> {
    for (const sender of Object.values(senders).flat()) sender.close()
    await stores.close()
  }
  try {
    const { clients, consents } = stores.stores
    const scope = ['profile', 'offline_access']
    await consents.save({ subject: alice, clientId: 'web', scope, grantedAt: Date.now() / 1000 })
    const keyOf = (client: string): JWK =>
      JSON.parse(readFileSync(join(data, 'keybound/clients', `${client}.json`), 'utf8'))
    const web = await clients.find('web')
    return {
      issuer,
      resource: `${api}/api/profile`,
      replicas: auth.length,
      stores: stores.stores,
      send,
      key: await generateKey('ES256'),
      assertionKeys: { web: keyOf('web'), service: keyOf('service') },
      redirectUris: { cli: 'http://127.0.0.1/callback', web: web?.redirect_uris[0] ?? '' },
      cookies: await signIn((request) => send(0, request), issuer, 'keybound-demo'),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}
