/** What the page can do with the key. The private half is in none of the results. */
export interface KeyInThePage {
  /** Makes the pair and keeps it in IndexedDB. */
  make(): Promise<{ x?: string; y?: string }>
  /** The signature of these octets: r and s side by side. */
  sign(data: number[]): Promise<number[]>
  /** What the browser says when the private half is asked for; empty should it give it. */
  tryToExport(): Promise<string>
}

declare global {
  var keyInThePage: KeyInThePage
}

/** Runs in the page, where it goes as text: it may use nothing of this module. */
export function installKeyInThePage(): void {
  function inStore<T>(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
    return new Promise((done, failed) => {
      const opening = indexedDB.open('keybound-walk', 1)
      opening.onupgradeneeded = () => opening.result.createObjectStore('keys')
      opening.onerror = () => failed(opening.error)
      opening.onsuccess = () => {
        const transaction = opening.result.transaction('keys', mode)
        const request = ask(transaction.objectStore('keys'))
        transaction.onabort = () => failed(transaction.error)
        transaction.oncomplete = () => {
          opening.result.close()
          done(request.result)
        }
      }
    })
  }

  function keptPair(): Promise<CryptoKeyPair> {
    return inStore('readonly', (store) => store.get('current'))
  }

  globalThis.keyInThePage = {
    async make() {
      const curve = { name: 'ECDSA', namedCurve: 'P-256' }
      const pair = await crypto.subtle.generateKey(curve, false, ['sign', 'verify'])
      await inStore('readwrite', (store) => store.put(pair, 'current'))
      return crypto.subtle.exportKey('jwk', pair.publicKey)
    },
    async sign(data) {
      const { privateKey } = await keptPair()
      const algorithm = { name: 'ECDSA', hash: 'SHA-256' }
      return [...new Uint8Array(await crypto.subtle.sign(algorithm, privateKey, new Uint8Array(data)))]
    },
    async tryToExport() {
      const { privateKey } = await keptPair()
      return crypto.subtle.exportKey('jwk', privateKey).then(
        () => '',
        (refusal) => `${refusal.name}: ${refusal.message}`,
      )
    },
  }
}
