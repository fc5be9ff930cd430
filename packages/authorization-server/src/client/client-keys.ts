import { type CryptoKey, compactVerify, generateKeyPair, importJWK, type JWK } from 'jose'
import type { Assertion } from './client-assertion.ts'

/** Two at most: more keys must not mean more work for an unauthenticated request. */
const triedAtMost = 2

/** Whether one of the client's keys signed the assertion. An unknown client costs one verification too. */
export async function verifyAssertion(
  assertionJwt: string,
  assertion: Assertion,
  keys: readonly JWK[] | undefined,
): Promise<boolean> {
  const { alg } = assertion
  const candidates = keys?.filter((jwk) => fits(jwk, assertion)).slice(0, triedAtMost) ?? []
  const tried = candidates.length > 0 ? candidates.map((jwk) => imported(jwk, alg)) : [nobodysKey(alg)]
  for (const key of tried) {
    if (await verifies(assertionJwt, await key, alg)) return candidates.length > 0
  }
  return false
}

const ktyOf = { ES256: 'EC', PS256: 'RSA', EdDSA: 'OKP' } as const

/** Whether a key may have signed the assertion. */
export function fits(jwk: JWK, { alg, kid }: Pick<Assertion, 'alg' | 'kid'>): boolean {
  if (kid !== undefined && jwk.kid !== undefined && jwk.kid !== kid) return false
  if (jwk.alg !== undefined && jwk.alg !== alg) return false
  return jwk.kty === ktyOf[alg] && jwk.use !== 'enc'
}

/** jose throws errors of its own and of WebCrypto: whatever goes wrong here, the assertion is not verified. */
async function verifies(assertionJwt: string, key: CryptoKey | undefined, alg: string): Promise<boolean> {
  if (!key) return false
  try {
    await compactVerify(assertionJwt, key, { algorithms: [alg] })
    return true
  } catch {
    return false
  }
}

const importedKeys = new Map<string, Promise<CryptoKey | undefined>>()

/** Importing costs more than verifying, so the last thousand keys stay imported. Undefined where it is no usable key. */
function imported(jwk: JWK, alg: string): Promise<CryptoKey | undefined> {
  const name = `${alg} ${jwk.kty} ${jwk.crv} ${jwk.x} ${jwk.y} ${jwk.n} ${jwk.e}`
  const known = importedKeys.get(name)
  if (known) return known
  const { kty, crv, x, y, n, e } = jwk
  const publicMembers = JSON.parse(JSON.stringify({ kty, crv, x, y, n, e })) as JWK
  const key = importJWK(publicMembers, alg).then(
    (result) => (result instanceof Uint8Array ? undefined : result),
    () => undefined,
  )
  if (importedKeys.size >= 1000) importedKeys.clear()
  importedKeys.set(name, key)
  return key
}

const nobodysKeys = new Map<string, Promise<CryptoKey>>()

function nobodysKey(alg: string): Promise<CryptoKey> {
  const known = nobodysKeys.get(alg)
  if (known) return known
  const key = generateKeyPair(alg).then(({ publicKey }) => publicKey)
  nobodysKeys.set(alg, key)
  return key
}
