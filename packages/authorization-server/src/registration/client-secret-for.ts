import type { Client, ClientAuthenticationMethod } from '../client/client.ts'
import { randomValue } from '../random-value.ts'
import { secretHash } from '../secret-hash.ts'

const withSecret: readonly ClientAuthenticationMethod[] = ['client_secret_basic', 'client_secret_post']

/** The secret of a client by this method: the one it has, a new one where it has none, none where it needs none. */
export function clientSecretFor(
  method: ClientAuthenticationMethod,
  current?: Client,
): { readonly value?: string; readonly hash?: string } {
  if (!withSecret.includes(method)) return {}
  if (current?.client_secret_hash !== undefined) return { hash: current.client_secret_hash }
  const value = randomValue('cs_')
  return { value, hash: secretHash(value) }
}
