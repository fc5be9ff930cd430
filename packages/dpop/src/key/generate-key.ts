import { signsFasterOutside } from '#signature'
import { importAlgorithm } from '../signature/web-algorithm.ts'
import type { ProofAlg } from './proof-alg.ts'
import { type Signer, signerOver } from './signer.ts'

/** How generateKey and generateKeyPair make a key. */
export interface GenerateKeyOptions {
  /** Whether the private key may be exported. False by default: a stolen page or dump then has no key to take. */
  readonly extractable?: boolean
}

/** A new key for proofs, made by WebCrypto. Make one per session, or per authorization request where code injection is a concern (RFC 9449 §10). */
export async function generateKey(
  alg: ProofAlg = 'ES256',
  options: GenerateKeyOptions = {},
): Promise<Signer> {
  const { extractable = false } = options
  // Where there is a faster way outside WebCrypto (Node), the key is hidden by the closure that signs with it instead: nothing gives it out.
  const pair = await generateKeyPair(alg, { extractable: extractable || signsFasterOutside })
  return signerOver(pair, alg, extractable)
}

/** The same as a WebCrypto key pair, which IndexedDB can keep without its ever being exported. */
export async function generateKeyPair(
  alg: ProofAlg = 'ES256',
  options: GenerateKeyOptions = {},
): Promise<CryptoKeyPair> {
  const algorithm = importAlgorithm(alg)
  const rsa = { modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) }
  const parameters = algorithm.name === 'RSA-PSS' ? { ...algorithm, ...rsa } : algorithm
  const pair = await crypto.subtle.generateKey(parameters, options.extractable ?? false, ['sign', 'verify'])
  return pair as CryptoKeyPair
}
