import type { ProofAlg } from '@keybound/dpop/client'
import { openDB } from 'idb'

export interface KeptKey {
  readonly pair: CryptoKeyPair
  readonly alg: ProofAlg
  /** NumericDate. */
  readonly createdAt: number
}

export interface KeyStore {
  read(): Promise<KeptKey | undefined>
  write(key: KeptKey): Promise<void>
}

const store = 'keys'

/** IndexedDB keeps the key pair itself, not an export of it: the private half stays non-extractable and survives a reload. */
export function browserKeyStore(): KeyStore {
  const database = () =>
    openDB('keybound-playground', 1, {
      upgrade: (db) => {
        db.createObjectStore(store)
      },
    })
  return {
    async read() {
      const db = await database()
      const key = (await db.get(store, 'current')) as KeptKey | undefined
      db.close()
      return key
    },
    async write(key) {
      const db = await database()
      await db.put(store, key, 'current')
      db.close()
    },
  }
}

/** Keeps the key as long as the page lives. */
export function memoryKeyStore(): KeyStore {
  let kept: KeptKey | undefined
  return {
    read: async () => kept,
    async write(key) {
      kept = key
    },
  }
}
