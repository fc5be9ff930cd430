import { hmacSha256 } from '#signature'
import { accessTokenHash } from '../proof/access-token-hash.ts'
import type { ForgedProof } from './forge-proof.ts'
import type { ProofDefect } from './proof-defects.ts'

/** The claims of a good proof for the request. */
export async function goodClaims({
  method,
  url,
  accessToken,
  nonce,
  now,
  jti,
}: ForgedProof): Promise<Record<string, unknown>> {
  return {
    jti: jti ?? crypto.randomUUID(),
    htm: method,
    htu: url.replace(/[?#].*$/s, ''),
    iat: Math.floor(now),
    ...(accessToken === undefined ? {} : { ath: await accessTokenHash(accessToken) }),
    ...(nonce === undefined ? {} : { nonce }),
  }
}

/** The claims with the defect, if it is one of the claims. */
export async function claimsWith(
  claims: Record<string, unknown>,
  parts: ForgedProof,
): Promise<Record<string, unknown>> {
  const { defect, now, accessToken = 'no-token', method, url } = parts
  switch (defect) {
    case 'no-jti':
      return { ...claims, jti: undefined }
    case 'no-htm':
      return { ...claims, htm: undefined }
    case 'no-htu':
      return { ...claims, htu: undefined }
    case 'no-iat':
      return { ...claims, iat: undefined }
    case 'iat-stale':
      return { ...claims, iat: Math.floor(now) - 3600 }
    case 'iat-future':
      return { ...claims, iat: Math.floor(now) + 3600 }
    case 'iat-ms':
      return { ...claims, iat: Math.floor(now * 1000) }
    case 'nbf-future':
      return { ...claims, nbf: Math.floor(now) + 60 }
    case 'exp-past':
      return { ...claims, exp: Math.floor(now) - 60 }
    case 'htm-other':
      return { ...claims, htm: method === 'DELETE' ? 'PUT' : 'DELETE' }
    case 'htm-lower':
      return { ...claims, htm: method.toLowerCase() }
    case 'ath-missing':
      return { ...claims, ath: undefined }
    case 'ath-other':
      return { ...claims, ath: await accessTokenHash(`${accessToken}-another`) }
    case 'ath-hex':
      return { ...claims, ath: await hexHash(accessToken) }
    case 'nonce-missing':
      return { ...claims, nonce: undefined }
    case 'nonce-foreign':
      return { ...claims, nonce: await hmacSha256(crypto.getRandomValues(new Uint8Array(32)), 'foreign') }
    case 'nonce-expired':
      return { ...claims, nonce: parts.expiredNonce ?? '1.47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU' }
    case 'jti-replayed':
      return { ...claims, jti: parts.jti ?? `replayed ${method} ${url}`.slice(0, 128) }
    case 'jti-huge':
      return { ...claims, jti: 'j'.repeat(129) }
    case 'extra-claims':
      return { ...claims, 'https://client.example/trace': { id: 1 }, sub: 'nobody', aud: ['x'] }
    default:
      return { ...claims, htu: targetWith(claims.htu, defect) }
  }
}

function targetWith(htu: unknown, defect: ProofDefect | undefined): unknown {
  if (typeof htu !== 'string' || defect?.startsWith('htu-') !== true || !URL.canParse(htu)) return htu
  const url = new URL(htu)
  switch (defect) {
    case 'htu-other-host':
      url.hostname = `other.${url.hostname === '127.0.0.1' ? 'example' : url.hostname}`
      return url.href
    case 'htu-other-path':
      url.pathname = `${url.pathname.replace(/\/$/, '')}/other`
      return url.href
    case 'htu-http':
      return htu.startsWith('https:') ? htu.replace(/^https:/, 'http:') : htu.replace(/^http:/, 'https:')
    case 'htu-port':
      url.port = url.port === '8443' ? '9443' : '8443'
      return url.href
    case 'htu-with-query':
      return `${htu}?page=2#top`
    case 'htu-case':
      return `${url.protocol.toUpperCase()}//${url.host.toUpperCase()}${url.pathname}`
    case 'htu-trailing-slash':
      return htu.endsWith('/') ? htu.slice(0, -1) : `${htu}/`
    default:
      return htu
  }
}

async function hexHash(text: string): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
  return Array.from(hash, (octet) => octet.toString(16).padStart(2, '0')).join('')
}
