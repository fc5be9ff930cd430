import type { JWK } from 'jose'
import { importSign, signWith } from '#signature'
import type { Awaitable } from '../awaitable.ts'
import { isProofAlg, type ProofAlg, sameAlg } from './proof-alg.ts'
import type { PublicJwk } from './public-jwk.ts'
import { publicJwkOf } from './public-jwk-of.ts'
import { algFor, type Jkt, thumbprintOf } from './thumbprint.ts'

/** A key that makes proofs. Small enough that a TPM, HSM or KMS fits behind it: four members, one of which signs. */
export interface Signer {
  readonly alg: ProofAlg
  readonly publicJwk: PublicJwk
  readonly jkt: Jkt
  /** A JWS signature: r and s side by side for EC (RFC 7518 §3.4), not DER. */
  sign(data: Uint8Array<ArrayBuffer>): Awaitable<Uint8Array>
}

/** How to export the private key of a signer made here. Weak, and outside the Signer, so that a Signer can be logged. */
const exporters = new WeakMap<Signer, () => Promise<JWK>>()

/** A signer over a WebCrypto key pair, extractable or not, such as one kept in IndexedDB. Rejects with TypeError if the pair is not for the alg. */
export async function signerFromKeyPair(pair: CryptoKeyPair, alg: ProofAlg): Promise<Signer> {
  return signerOver(pair, alg, pair.privateKey.extractable)
}

/** The same, where exportPrivateJwk is to work only if `exportable`, whatever the pair allows. */
export async function signerOver(pair: CryptoKeyPair, alg: ProofAlg, exportable: boolean): Promise<Signer> {
  const publicJwk = publicJwkOf((await crypto.subtle.exportKey('jwk', pair.publicKey)) as JWK, alg)
  const sign = signWith(pair.privateKey, alg)
  const signer: Signer = { alg, publicJwk, jkt: await thumbprintOf(publicJwk), sign }
  if (exportable) {
    exporters.set(signer, async () =>
      privateMembers((await crypto.subtle.exportKey('jwk', pair.privateKey)) as JWK),
    )
  }
  return signer
}

/** A signer from a private JWK. The alg is the given one, or the JWK's own, or that of its curve. Rejects with TypeError for a key that cannot sign proofs. */
export async function signerFromJwk(privateJwk: JWK, alg: ProofAlg = algOf(privateJwk)): Promise<Signer> {
  if (typeof privateJwk.d !== 'string') throw new TypeError('The JWK has no private key')
  if (privateJwk.alg !== undefined && !sameAlg(privateJwk.alg, alg))
    throw new TypeError('The JWK is for another alg')
  const publicJwk = publicJwkOf(privateJwk, alg)
  const copy = privateMembers(privateJwk)
  const sign = await importSign(copy, alg)
  const signer: Signer = { alg, publicJwk, jkt: await thumbprintOf(publicJwk), sign }
  exporters.set(signer, async () => ({ ...copy }))
  return signer
}

/** The private JWK behind a signer, to seal and store it. Rejects with TypeError where the key was made not to leave its place. */
export async function exportPrivateJwk(signer: Signer): Promise<JWK> {
  const exportKey = exporters.get(signer)
  if (exportKey === undefined) throw new TypeError('The private key of this signer cannot be exported')
  return { ...(await exportKey()), alg: signer.alg }
}

function algOf(jwk: JWK): ProofAlg {
  return isProofAlg(jwk.alg) ? jwk.alg : algFor(jwk)
}

function privateMembers(jwk: JWK): JWK {
  const { kty, crv, x, y, n, e, d, p, q, dp, dq, qi } = jwk
  const members = Object.entries({ kty, crv, x, y, n, e, d, p, q, dp, dq, qi })
  return Object.fromEntries(members.filter(([, value]) => value !== undefined)) as JWK
}
