import { CompactSign } from 'jose'
import type { SigningKey } from './signing-keys.ts'

const encoder = new TextEncoder()

/** A compact JWS over `claims`; members that are undefined are left out. @see RFC 7515 §7.1 · RFC 8725 §3.11 (the explicit typ) */
export async function signJwt(
  key: SigningKey,
  typ: 'at+jwt' | 'JWT',
  claims: Readonly<Record<string, unknown>>,
): Promise<string> {
  const { alg, kid, privateKey } = key
  return new CompactSign(encoder.encode(JSON.stringify(claims)))
    .setProtectedHeader({ alg, typ, kid })
    .sign(privateKey)
}
