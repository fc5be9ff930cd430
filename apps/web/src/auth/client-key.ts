import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type CryptoKey, calculateJwkThumbprint, importJWK, type JWK } from 'jose'

export const clientId = 'web'

/** The key with which this client authenticates. Not a DPoP key: those are one per session. */
export interface ClientKey {
  readonly kid: string
  readonly alg: string
  readonly privateKey: CryptoKey
}

/** Reads `<KEYBOUND_DATA>/clients/web.json`, a private JWK. Throws an Error that names the file where it is missing or no such key. */
export async function readClientKey(data: string): Promise<ClientKey> {
  const file = join(data, 'clients', `${clientId}.json`)
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new Error(`${file} is missing: prepare the data directory first (npm start does)`, { cause })
  })
  return importClientKey(JSON.parse(text) as JWK)
}

export async function importClientKey(jwk: JWK): Promise<ClientKey> {
  const alg = jwk.alg ?? 'ES256'
  const privateKey = await importJWK(jwk, alg)
  if (privateKey instanceof Uint8Array || privateKey.type !== 'private')
    throw new Error('The client key is not a private key')
  return { kid: jwk.kid ?? (await calculateJwkThumbprint(jwk)), alg, privateKey }
}
