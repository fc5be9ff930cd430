import { timingSafeEqual } from 'node:crypto'
import { secretHash } from '../secret-hash.ts'
import type { Client } from './client.ts'

/** What a secret is held against where there is no such client: the work is the same, the answer always no. */
const nobodysHash = secretHash('')

/** Whether `secret` is the client's. An unknown client costs as much as a wrong secret. */
export function isSecretOf(client: Client | undefined, secret: string): boolean {
  const expected = client?.client_secret_hash
  const equal = timingSafeEqual(Buffer.from(secretHash(secret)), Buffer.from(expected ?? nobodysHash))
  return expected !== undefined && equal
}
