/** The key pair that IndexedDB keeps; made and kept where there is none. The pair itself is stored, not an export of it. */
export async function keptKeyPair(make: () => Promise<CryptoKeyPair>): Promise<CryptoKeyPair> {
  const database = await open()
  const kept = await done<CryptoKeyPair | undefined>(
    database.transaction('keys').objectStore('keys').get('dpop'),
  )
  const pair = kept ?? (await make())
  if (!kept) await done(database.transaction('keys', 'readwrite').objectStore('keys').put(pair, 'dpop'))
  database.close()
  return pair
}

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open('example', 1)
  request.onupgradeneeded = () => request.result.createObjectStore('keys')
  return done(request)
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}
