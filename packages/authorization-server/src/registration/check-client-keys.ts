import { judgeJwk } from '@keybound/dpop'
import type { JWK } from 'jose'
import { refused } from '../refused.ts'
import type { ClientMetadata } from './client-metadata.ts'

const algOf: Readonly<Record<string, 'ES256' | 'PS256' | 'EdDSA'>> = {
  EC: 'ES256',
  RSA: 'PS256',
  OKP: 'EdDSA',
}

/**
 * The keys of a registration, each judged as the key of a proof is; only their public members, kid, use and alg are kept.
 * @throws OAuthError invalid_client_metadata `client_metadata.keys`
 * @see RFC 7591 §2 · FAPI 2.0 §5.4
 */
export function checkClientKeys({ jwks, jwks_uri }: ClientMetadata): { readonly keys: JWK[] } | undefined {
  if (jwks === undefined) return undefined
  if (jwks_uri !== undefined) throw refused('client_metadata.keys')
  const kids = jwks.keys.map(({ kid }) => kid).filter((kid) => kid !== undefined)
  if (new Set(kids).size < kids.length) throw refused('client_metadata.keys')
  return { keys: jwks.keys.map(checkKey) }
}

function checkKey(jwk: Readonly<Record<string, unknown>>): JWK {
  const alg = algOf[String(jwk.kty)]
  const judged = alg && judgeJwk(jwk, alg)
  if (!judged?.publicJwk) {
    const because = judged?.finding.because
    throw refused('client_metadata.keys', because === undefined ? {} : { says: because })
  }
  const { kid, use } = jwk
  if (kid !== undefined && (typeof kid !== 'string' || kid.length > 256))
    throw refused('client_metadata.keys')
  return {
    ...judged.publicJwk,
    ...(kid !== undefined && { kid }),
    ...(use !== undefined && { use: 'sig' }),
    ...(jwk.alg !== undefined && { alg }),
  }
}
