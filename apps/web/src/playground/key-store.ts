import { type Signer, signerFromKeyPair } from '@keybound/dpop/client'
import { openDB } from 'idb'

export interface KeptKey {
  readonly pair: CryptoKeyPair
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

/** The signer, and what the browser says when the private key is asked for: the page shows it as evidence. */
export async function readKey(
  kept: KeptKey,
): Promise<{ signer: Signer; createdAt: number; exportRefused: string }> {
  const signer = await signerFromKeyPair(kept.pair, 'ES256')
  const exportRefused = await crypto.subtle.exportKey('jwk', kept.pair.privateKey).then(
    () => '',
    (refusal: unknown) => (refusal instanceof Error ? `${refusal.name}: ${refusal.message}` : 'refused'),
  )
  return { signer, createdAt: kept.createdAt, exportRefused }
}
