import type { JWK } from 'jose'
import { hmacSha256 } from '#signature'
import { formatBase64url } from '../base64url.ts'
import { generateKey } from '../key/generate-key.ts'
import { exportPrivateJwk, type Signer } from '../key/signer.ts'
import { derSignature } from './der-signature.ts'
import { claimsWith, goodClaims } from './forged-claims.ts'
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

async function otherKey({ alg }: ForgeKey): Promise<Pick<Signer, 'sign'>> {
  return alg === 'RS256' || alg === 'PS256' ? rsaSigner('PS256', 2048) : generateKey(alg)
}

const encoder = new TextEncoder()

function encode(object: Record<string, unknown>): string {
  return formatBase64url(encoder.encode(JSON.stringify(object)))
}
