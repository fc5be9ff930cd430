import { parseBase64url } from '../base64url.ts'
import { type Finding, fail, kindOf, PASS, shown } from '../verdict.ts'
import { edwardsFault } from './ed25519-point.ts'
import { isOnCurve } from './elliptic-curves.ts'
import { type AlgDetails, algDetails, type ProofAlg, sameAlg } from './proof-alg.ts'
import { rsaFault } from './rsa-key.ts'

/** The required members of a public key and nothing else, in canonical base64url. */
export type PublicJwk =
  | { readonly kty: 'EC'; readonly crv: 'P-256' | 'P-384' | 'P-521'; readonly x: string; readonly y: string }
  | { readonly kty: 'OKP'; readonly crv: 'Ed25519'; readonly x: string }
  | { readonly kty: 'RSA'; readonly n: string; readonly e: string }

/** Members that make a JWK of any kty private or symmetric. @see RFC 7518 §6.2.2, §6.3.2, §6.4 · RFC 8037 §2 · RFC 9964 (priv) */
const SECRET_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv'] as const

export type JudgedKey = { readonly finding: Finding; readonly publicJwk?: PublicJwk }

/**
 * Judges the `jwk` of a proof before anything imports it, so that no library's leniency or error counts: nothing private
 * or symmetric, the right kty and curve for the alg, canonical base64url of the right length, a point on the curve and not
 * of small order, RSA within bounds, no contradicting `use`, `alg` or `key_ops`. Every other member is ignored.
 *
 * One key has exactly one accepted spelling, so exactly one thumbprint.
 * @see RFC 9449 §4.3 (7) · RFC 7517 §4 · RFC 8725 §3.5
 */
export function judgeJwk(jwk: unknown, alg: ProofAlg): JudgedKey {
  if (typeof jwk !== 'object' || jwk === null || Array.isArray(jwk)) {
    return refused('The header has no jwk, or it is not an object.', {
      received: kindOf(jwk),
      hint: 'A proof carries its public key in the header; a kid is not enough.',
    })
  }
  const members = jwk as { readonly [name: string]: unknown }
  const secret = SECRET_MEMBERS.find((name) => name in members)
  if (secret !== undefined) {
    return refused('The jwk holds a private or symmetric member.', {
      expected: 'public members only',
      received: `a member ${secret}`,
      hint: 'Export the public key alone, and replace this key: it has been sent in the open.',
    })
  }
  const details = algDetails(alg)
  if (members.kty !== details.kty || ('crv' in details && members.crv !== details.crv)) {
    return refused('The jwk is not a key for this alg.', {
      expected: 'crv' in details ? `${details.kty} ${details.crv} for ${alg}` : `${details.kty} for ${alg}`,
      received: `${shown(members.kty)} ${shown(members.crv)}`,
    })
  }
  const contradiction = contradictionIn(members, alg)
  if (contradiction !== undefined)
    return refused('The jwk is not meant for this signature.', { received: contradiction })

  return judgeMembers(members, details)
}

function judgeMembers(members: { readonly [name: string]: unknown }, details: AlgDetails): JudgedKey {
  if (details.kty === 'EC') {
    const x = read(members.x, details.octets)
    const y = read(members.y, details.octets)
    if (x === undefined || y === undefined) return badEncoding(`x and y of ${details.octets} octets`)
    if (!isOnCurve(details.crv, x.octets, y.octets)) return refused('The jwk is not a point on its curve.')
    return { finding: PASS, publicJwk: { kty: 'EC', crv: details.crv, x: x.text, y: y.text } }
  }
  if (details.kty === 'OKP') {
    const x = read(members.x, details.octets)
    if (x === undefined) return badEncoding('x of 32 octets')
    const fault = edwardsFault(x.octets)
    if (fault !== undefined) return refused(fault)
    return { finding: PASS, publicJwk: { kty: 'OKP', crv: 'Ed25519', x: x.text } }
  }
  const n = read(members.n)
  const e = read(members.e)
  if (n === undefined || e === undefined) return badEncoding('n and e')
  const fault = rsaFault(n.octets, e.octets)
  if (fault !== undefined) return refused('The RSA key is outside the bounds.', fault)
  return { finding: PASS, publicJwk: { kty: 'RSA', n: n.text, e: e.text } }
}

function contradictionIn(members: { readonly [name: string]: unknown }, alg: ProofAlg): string | undefined {
  if (members.use !== undefined && members.use !== 'sig') return `use ${shown(members.use)}`
  if (members.alg !== undefined && !sameAlg(members.alg, alg)) return `alg ${shown(members.alg)}`
  const operations = members.key_ops
  if (operations === undefined) return undefined
  return Array.isArray(operations) && operations.includes('verify')
    ? undefined
    : `key_ops ${shown(operations)}`
}

/** A member with its octets, if it is canonical base64url of the right length. */
function read(value: unknown, length?: number): { text: string; octets: Uint8Array } | undefined {
  if (typeof value !== 'string') return undefined
  const octets = parseBase64url(value)
  const right = octets !== undefined && (length === undefined || octets.length === length)
  return right ? { text: value, octets } : undefined
}

function badEncoding(expected: string): JudgedKey {
  return refused('A member of the jwk is missing, or not canonical base64url of the right length.', {
    expected,
  })
}

function refused(because: string, details: Pick<Finding, 'expected' | 'received' | 'hint'> = {}): JudgedKey {
  return { finding: fail(because, details) }
}
