import type { JWK } from 'jose'
import { hmacSha256 } from '#signature'
import { formatBase64url } from '../base64url.ts'
import { generateKey } from '../key/generate-key.ts'
import { exportPrivateJwk, type Signer } from '../key/signer.ts'
import { accessTokenHash } from '../proof/access-token-hash.ts'
import { derSignature } from './der-signature.ts'
import type { ProofDefect } from './proof-defects.ts'
import { type RsaSigner, rsaSigner } from './rsa-signer.ts'

/** The request a proof is forged for, and what is to be wrong with it. */
export interface ForgedProof {
  readonly method: string
  readonly url: string
  readonly accessToken?: string | undefined
  readonly nonce?: string | undefined
  /** A nonce that the server gave long ago, for `nonce-expired`; without it, something that merely looks like one. */
  readonly expiredNonce?: string | undefined
  /** To make the same jti twice. `jti-replayed` always uses the same one for the same key, method and URL. */
  readonly jti?: string | undefined
  /** NumericDate. */
  readonly now: number
  readonly defect?: ProofDefect | undefined
  /** Set on the good header and claims before the defect; undefined removes a member. */
  readonly header?: Readonly<Record<string, unknown>> | undefined
  readonly claims?: Readonly<Record<string, unknown>> | undefined
}

/**
 * A proof that is good in everything but the named defect, as the value of the DPoP header; an array for two header lines. For tests, the lab and the inspector.
 *
 * `jti-replayed` becomes a replay when the same call is made twice. The ath and nonce defects mean something only where the server expects a token or a nonce.
 */
export async function forgeProof(signer: Signer, parts: ForgedProof): Promise<string | string[]> {
  const { defect } = parts
  if (defect === 'header-empty') return ''
  if (defect === 'not-a-jwt') return 'not-a-jwt'
  if (defect === 'two-headers') return [await oneProof(signer, parts), await oneProof(signer, parts)]
  return oneProof(signer, parts)
}

async function oneProof(signer: Signer, parts: ForgedProof): Promise<string> {
  const key = await keyFor(signer, parts)
  const header = { typ: 'dpop+jwt', alg: key.alg, jwk: key.publicJwk, ...parts.header }
  const claims = { ...(await goodClaims(parts)), ...parts.claims }
  const signingInput = `${encode(headerWith(header, parts, key.privateJwk))}.${encode(await claimsWith(claims, parts))}`
  return `${signingInput}.${await signatureWith(signingInput, key, parts)}`
}

type ForgeKey = Pick<RsaSigner, 'alg' | 'publicJwk' | 'sign'> & { readonly privateJwk?: JWK }

/** Some defects are defects of the key: they get a throw-away one. */
async function keyFor(signer: Signer, { defect }: ForgedProof): Promise<ForgeKey> {
  if (defect === 'alg-unadvertised') return rsaSigner('RS256', 2048)
  if (defect === 'jwk-weak-rsa') return rsaSigner('PS256', 1024)
  const used = defect === 'jwk-private' ? await generateKey(signer.alg, { extractable: true }) : signer
  const { alg, publicJwk } = used
  const key = { alg, publicJwk, sign: async (data: Uint8Array<ArrayBuffer>) => used.sign(data) }
  return defect === 'jwk-private' ? { ...key, privateJwk: await exportPrivateJwk(used) } : key
}

async function goodClaims({
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

function headerWith(
  header: Record<string, unknown>,
  { defect }: ForgedProof,
  privateJwk: JWK | undefined,
): Record<string, unknown> {
  switch (defect) {
    case 'typ-jwt':
      return { ...header, typ: 'JWT' }
    case 'typ-missing':
      return { ...header, typ: undefined }
    case 'alg-none':
      return { ...header, alg: 'none' }
    case 'alg-hs256':
      return { ...header, alg: 'HS256' }
    case 'jwk-private':
      return { ...header, jwk: privateJwk }
    case 'jwk-missing':
      return { ...header, jwk: undefined }
    case 'jwk-kid-only':
      return { ...header, jwk: undefined, kid: 'web-1' }
    case 'crit-unknown':
      return { ...header, crit: ['exp'] }
    case 'extra-claims':
      return {
        ...header,
        kid: 'web-1',
        jwk: { ...(header.jwk as object), kid: 'web-1', use: 'sig', alg: header.alg },
      }
    default:
      return header
  }
}

async function claimsWith(
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

async function signatureWith(signingInput: string, key: ForgeKey, { defect }: ForgedProof): Promise<string> {
  const data = encoder.encode(signingInput)
  if (defect === 'alg-none') return ''
  if (defect === 'alg-hs256') return hmacSha256(encoder.encode(JSON.stringify(key.publicJwk)), signingInput)
  if (defect === 'sig-other-key') return formatBase64url(await (await otherKey(key)).sign(data))
  const signature = await key.sign(data)
  if (defect === 'sig-der') return formatBase64url(derSignature(signature))
  if (defect === 'sig-flipped') signature[signature.length - 1] = (signature[signature.length - 1] ?? 0) ^ 1
  return formatBase64url(signature)
}

async function otherKey(key: ForgeKey): Promise<Signer> {
  return generateKey(key.alg === 'RS256' ? 'PS256' : key.alg)
}

async function hexHash(text: string): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', encoder.encode(text)))
  return Array.from(hash, (octet) => octet.toString(16).padStart(2, '0')).join('')
}

const encoder = new TextEncoder()

function encode(object: Record<string, unknown>): string {
  return formatBase64url(encoder.encode(JSON.stringify(object)))
}
