import { createNonces, generateKey, type Nonces } from '@keybound/dpop'
import { memoryStores } from '@keybound/stores/memory'
import { fixedClock } from '@keybound/testkit'
import type { JWK } from 'jose'
import {
  type AuthorizationServer,
  type AuthorizationServerOptions,
  createAuthorizationServer,
  type KeyPurpose,
  type SigningKey,
  type SigningKeys,
} from '../src/index.ts'
import { api, clients, otherApi } from './clients.ts'

export const issuer = 'https://as.example'
export const alice = '6f1c1d5e-0001-4000-8000-000000000001'
export const bob = '6f1c1d5e-0001-4000-8000-000000000002'

async function signingKey(purpose: KeyPurpose): Promise<SigningKey & { readonly publicJwk: JWK }> {
  const { jkt: kid, sign, publicJwk } = await generateKey('ES256')
  return { kid, alg: 'ES256', purpose, sign, publicJwk: { ...publicJwk, kid, alg: 'ES256' } }
}

const keys = { 'access token': await signingKey('access token'), 'id token': await signingKey('id token') }
const publicKeys = Object.values(keys).map(({ publicJwk }) => publicJwk)
export const signingKeys: SigningKeys = {
  active: async (purpose) => keys[purpose],
  publicKeys: async () => publicKeys,
}

/** A server over the memory driver, with a clock that stands still. */
export function openServer(options: Partial<AuthorizationServerOptions> & { readonly nonces?: Nonces } = {}) {
  const clock = fixedClock()
  const stores = memoryStores({ clients: Object.values(clients) })
  const server: AuthorizationServer = createAuthorizationServer({
    issuer,
    clock: clock.now,
    ...stores,
    signingKeys,
    resources: [
      { identifier: api, scopes: ['profile', 'profile:write'] },
      { identifier: otherApi, scopes: ['orders'] },
    ],
    async findClaims(subject) {
      return subject === alice ? { name: 'Alice', email: 'alice@example.com', locale: 'en' } : undefined
    },
    ...options,
  })
  return { server, clock, stores }
}

export type Opened = ReturnType<typeof openServer>

export function openServerWithNonces() {
  const nonces = createNonces({ secret: 'a secret of at least thirty-two bytes' })
  return { ...openServer({ nonces }), nonces }
}
