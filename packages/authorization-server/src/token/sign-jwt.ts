import type { SigningKey } from './signing-keys.ts'

/** A compact JWS over `claims`; members that are undefined are left out. @see RFC 7515 §7.1 · RFC 8725 §3.11 (the explicit typ) */
export async function signJwt(
  { alg, kid, sign }: SigningKey,
  typ: 'at+jwt' | 'JWT',
  claims: Readonly<Record<string, unknown>>,
): Promise<string> {
  const input = `${encode({ alg, typ, kid })}.${encode(claims)}`
  const signature = await sign(Buffer.from(input, 'latin1'))
  return `${input}.${Buffer.from(signature).toString('base64url')}`
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url')
}
