import type { KeyPurpose, SigningKey, SigningKeys } from '@keybound/authorization-server'
import { generateKey } from '@keybound/dpop'
import type { JWK } from 'jose'

/** The keys with which the lab's authorization servers sign, made anew at every start. */
export const signingKeys: SigningKeys = await generate()

async function generate(): Promise<SigningKeys> {
  const made = new Map<KeyPurpose, { key: SigningKey; jwk: JWK }>()
  for (const purpose of ['access token', 'id token'] as const) {
    const { alg, jkt: kid, publicJwk, sign } = await generateKey('ES256')
    const jwk = { ...publicJwk, kid, use: 'sig', alg }
    made.set(purpose, { key: { kid, alg: 'ES256', purpose, sign }, jwk })
  }
  return {
    async active(purpose) {
      const found = made.get(purpose)
      if (!found) throw new TypeError(`no key for ${purpose}`)
      return found.key
    },
    publicKeys: async () => [...made.values()].map(({ jwk }) => jwk),
  }
}
