import { createHash, createPublicKey, type KeyObject } from 'node:crypto'

export interface OracleKey {
  readonly alg: string
  readonly key: KeyObject
  readonly jkt: string
}

/** RFC 7518 §3.1 and §6, RFC 8037, RFC 9864: which key type and curve an algorithm goes with. */
const kinds: Readonly<Record<string, { readonly kty: string; readonly crv?: string }>> = {
  ES256: { kty: 'EC', crv: 'P-256' },
  ES384: { kty: 'EC', crv: 'P-384' },
  ES512: { kty: 'EC', crv: 'P-521' },
  PS256: { kty: 'RSA' },
  Ed25519: { kty: 'OKP', crv: 'Ed25519' },
  EdDSA: { kty: 'OKP', crv: 'Ed25519' },
}

const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv']

/** The members of RFC 7638 §3.2, in their order. */
const thumbprintMembers: Readonly<Record<string, readonly string[]>> = {
  EC: ['crv', 'kty', 'x', 'y'],
  RSA: ['e', 'kty', 'n'],
  OKP: ['crv', 'kty', 'x'],
}

const imported = new Map<string, KeyObject | null>()

/** The key of a proof, or the point of §4.3 that it fails. */
export function keyOf(alg: unknown, jwk: unknown): OracleKey | string {
  const kind = typeof alg === 'string' && Object.hasOwn(kinds, alg) ? kinds[alg] : undefined
  if (typeof alg !== 'string' || !kind) return '4.3 (5)'
  if (typeof jwk !== 'object' || jwk === null || Array.isArray(jwk)) return '4.2 jwk'
  const members = jwk as Record<string, unknown>
  if (privateMembers.some((name) => Object.hasOwn(members, name))) return '4.3 (7)'
  if (members.kty !== kind.kty || (kind.crv !== undefined && members.crv !== kind.crv)) return '4.2 jwk'
  const required: Record<string, string> = {}
  for (const name of thumbprintMembers[kind.kty] ?? []) {
    const value = members[name]
    if (typeof value !== 'string') return '4.2 jwk'
    required[name] = value
  }
  const canonical = JSON.stringify(required)
  const key = importKey(canonical, required)
  if (!key) return '4.2 jwk'
  return { alg, key, jkt: createHash('sha256').update(canonical).digest('base64url') }
}

function importKey(canonical: string, jwk: Record<string, string>): KeyObject | null {
  const known = imported.get(canonical)
  if (known !== undefined) return known
  let key: KeyObject | null
  try {
    key = createPublicKey({ key: jwk, format: 'jwk' })
  } catch {
    key = null
  }
  if (imported.size >= 1000) imported.clear()
  imported.set(canonical, key)
  return key
}
