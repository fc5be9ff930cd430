import { secretHash } from '../secret-hash.ts'
import type { Client } from './client.ts'

/** What a secret is held against where there is no such client: the work is the same, the answer always no. */
const nobodysHash = secretHash('')

/** Whether `secret` is the client's. An unknown client costs as much as a wrong secret. */
export function isSecretOf(client: Client | undefined, secret: string): boolean {
  const expected = client?.client_secret_hash
  const equal = equalHashes(secretHash(secret), expected ?? nobodysHash)
  return expected !== undefined && equal
}

/** Compares two base64url SHA-256 values without stopping at the first difference. */
function equalHashes(a: string, b: string): boolean {
  let difference = a.length ^ b.length
  for (let i = 0; i < a.length; i++) difference |= a.charCodeAt(i) ^ b.charCodeAt(i)
  return difference === 0
}
