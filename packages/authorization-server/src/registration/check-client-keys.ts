import type { JWK } from 'jose'
import { judgeClientKey } from '../client/key-set/judge-client-key.ts'
import { refused } from '../refused.ts'
import type { ClientMetadata } from './client-metadata.ts'

/**
 * The keys of a registration: each one good, no kid twice.
 * @throws OAuthError invalid_client_metadata `client_metadata.keys`
 * @see RFC 7591 §2
 */
export function checkClientKeys({ jwks, jwks_uri }: ClientMetadata): { readonly keys: JWK[] } | undefined {
  if (jwks === undefined) return undefined
  if (jwks_uri !== undefined) throw refused('client_metadata.keys')
  const kids = jwks.keys.map(({ kid }) => kid).filter((kid) => kid !== undefined)
  if (new Set(kids).size < kids.length) throw refused('client_metadata.keys')
  return { keys: jwks.keys.map(checkKey) }
}

function checkKey(jwk: Readonly<Record<string, unknown>>): JWK {
  const { key, because } = judgeClientKey(jwk)
  if (!key) throw refused('client_metadata.keys', because === undefined ? {} : { says: because })
  return key
}
