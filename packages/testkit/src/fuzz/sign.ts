import { constants, createHash, createPrivateKey, type JsonWebKey, type KeyObject, sign } from 'node:crypto'
import type { TestKey } from '../keys/test-keys.ts'
import type { Draft } from './draft.ts'

const privateKeys = new Map<string, KeyObject>()

/** The compact JWS of a draft, its mutations applied in their order. */
export function proofOf(draft: Draft): string {
  const encode = (value: unknown, changes: Draft['headerText']) =>
    Buffer.from(changes.reduce((text, change) => change(text), JSON.stringify(value))).toString('base64url')
  const input = `${encode(draft.header, draft.headerText)}.${encode(draft.claims, draft.claimsText)}`
  const signature = draft.signature.reduce((bytes, change) => change(bytes), rawSignature(draft.key, input))
  return draft.text.reduce((proof, change) => change(proof), `${input}.${signature.toString('base64url')}`)
}

/** The JWS signature over a signing input, by a test key. */
export function rawSignature({ alg, jkt, privateJwk }: TestKey, input: string): Buffer {
  let key = privateKeys.get(jkt)
  if (!key) {
    key = createPrivateKey({ key: privateJwk as JsonWebKey, format: 'jwk' })
    privateKeys.set(jkt, key)
  }
  const data = Buffer.from(input)
  if (alg === 'Ed25519') return sign(null, data, key)
  if (alg === 'PS256')
    return sign('sha256', data, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 })
  return sign(`sha${alg.slice(2)}`, data, { key, dsaEncoding: 'ieee-p1363' })
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}
