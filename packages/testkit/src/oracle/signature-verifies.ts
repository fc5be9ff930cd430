import { constants, verify } from 'node:crypto'
import type { OracleKey } from './key-of.ts'

const digests: Readonly<Record<string, string>> = {
  ES256: 'sha256',
  ES384: 'sha384',
  ES512: 'sha512',
  PS256: 'sha256',
}

/** RFC 7515 §5.2 for the algorithms of RFC 7518 §3.4, §3.5 and RFC 8037 §3.1. */
export function signatureVerifies({ alg, key }: OracleKey, signingInput: string, signature: string): boolean {
  const data = Buffer.from(signingInput, 'ascii')
  const bytes = Buffer.from(signature, 'base64url')
  try {
    if (alg.startsWith('Ed')) return verify(null, data, key, bytes)
    if (alg.startsWith('ES')) return verify(digests[alg], data, { key, dsaEncoding: 'ieee-p1363' }, bytes)
    const padding = constants.RSA_PKCS1_PSS_PADDING
    return verify(digests[alg], data, { key, padding, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }, bytes)
  } catch {
    return false
  }
}
