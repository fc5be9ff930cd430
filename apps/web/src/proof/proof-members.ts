import { age } from '../components/age.ts'

const says: Readonly<Record<string, string>> = {
  typ: 'says that this JWT is a proof, so that no other JWT can pass for one',
  alg: 'the signature algorithm; never none, never a shared secret',
  jwk: 'the public key. Its thumbprint has to be the cnf.jkt of the token',
  htm: 'the method of the request',
  htu: 'the URL of the request, without query and fragment',
  jti: 'used once: the server remembers it for as long as the proof could be accepted',
  ath: 'the SHA-256 of the access token that travels with it',
  nonce: 'given by this server a moment ago: the proof was not made before that',
}

/** What a member of a proof covers, in words; undefined for one that RFC 9449 does not know. `sentAt` is a NumericDate. */
export function saysOfMember(name: string, value: unknown, sentAt: number): string | undefined {
  return name === 'iat' ? madeWhen(sentAt - Number(value)) : says[name]
}

/** Most clients give whole seconds. */
function madeWhen(span: number): string {
  if (!Number.isFinite(span)) return 'not a time'
  if (span >= 0 && span < 1) return 'made in the second in which it was sent'
  return span < 0 ? `made ${age(span)} ahead of the sending` : `made ${age(span)} before it was sent`
}
