import { OAuthError, type OAuthErrorCode } from '@keybound/oauth'

/** One rule. The ids are typed here and nowhere else: error reasons, metric labels, anchors and test titles are made of them. */
interface CheckDefinition {
  readonly id: string
  readonly clause: string
  /** The rows of the requirement catalogue that this check keeps. */
  readonly requirement: string
  readonly role: 'AS' | 'RS' | 'AS RS' | 'token endpoint' | 'PAR'
  /** When it fails. */
  readonly says: string
  readonly answer: OAuthErrorCode
}

/** Every check, in the one order of evaluation: cheap to dear, the signature after everything that needs no cryptography, the ledger last. */
export const CHECKS = [
  {
    id: 'scheme.match',
    clause: 'RFC 9449 §7.1, §7.2',
    requirement: 'DPOP-7.2-01',
    role: 'RS',
    says: 'A bound token was sent as Bearer, an unbound one as DPoP, or the confirmation of the token is malformed.',
    answer: 'invalid_token',
  },
  {
    id: 'client.requires',
    clause: 'RFC 9449 §5.2',
    requirement: 'DPOP-5.2-02',
    role: 'token endpoint',
    says: 'The client, the code or the refresh token is bound to a key and the request has no proof.',
    answer: 'invalid_dpop_proof',
  },
  {
    id: 'header.single',
    clause: 'RFC 9449 §4.3 (1)',
    requirement: 'DPOP-4.3-01',
    role: 'AS RS',
    says: 'There is more than one DPoP header field, or none where the DPoP scheme is used.',
    answer: 'invalid_dpop_proof',
  },
  {
    id: 'jwt.wellformed',
    clause: 'RFC 9449 §4.3 (2)',
    requirement: 'DPOP-4.3-02',
    role: 'AS RS',
    says: 'The value is not one compact JWS of two JSON objects, is too long, or repeats a member.',
    answer: 'invalid_dpop_proof',
  },
  {
    id: 'typ.dpop',
    clause: 'RFC 9449 §4.3 (4)',
    requirement: 'DPOP-4.3-04',
    role: 'AS RS',
    says: 'The typ is not dpop+jwt.',
    answer: 'invalid_dpop_proof',
  },
  {
    id: 'alg.allowed',
    clause: 'RFC 9449 §4.3 (5), §11.6',
    requirement: 'DPOP-4.3-05',
    role: 'AS RS',
    says: 'The alg is none, symmetric, unknown or not allowed by policy.',
    answer: 'invalid_dpop_proof',
  },
  {
    id: 'crit.none',
    clause: 'RFC 7515 §4.1.11',
    requirement: 'DPOP-4.3-02',
    role: 'AS RS',
    says: 'The header names critical extensions, or an unencoded payload.',
    answer: 'invalid_dpop_proof',
  },
  {
    id: 'jwk.public',
    clause: 'RFC 9449 §4.3 (7)',
    requirement: 'DPOP-4.3-07',
    role: 'AS RS',
    says: 'The jwk is missing, private, symmetric, weak, malformed, off its curve, or not a key for this alg.',
    answer: 'invalid_dpop_proof',
  },
  {
    id: 'claims.required',
    clause: 'RFC 9449 §4.3 (3), §4.2',
    requirement: 'DPOP-4.3-03',
    role: 'AS RS',
    says: 'jti, htm, htu or iat is missing, or a claim has the wrong type or length.',
    answer: 'invalid_dpop_proof',
  },
  {
    id: 'htm.match',
    clause: 'RFC 9449 §4.3 (8)',
    requirement: 'DPOP-4.3-08',
    role: 'AS RS',
    says: 'The proof was made for another method.',
    answer: 'invalid_dpop_proof',
  },
  {
    id: 'htu.match',
    clause: 'RFC 9449 §4.3 (9)',
    requirement: 'DPOP-4.3-09',
    role: 'AS RS',
    says: 'The proof was made for another URL.',
    answer: 'invalid_dpop_proof',
  },
  {
    id: 'iat.window',
    clause: 'RFC 9449 §4.3 (11), §11.1',
    requirement: 'DPOP-4.3-11',
    role: 'AS RS',
    says: 'The proof was made too long ago or too far ahead, has expired, or is not valid yet.',
    answer: 'invalid_dpop_proof',
  },
  {
    id: 'nonce.match',
    clause: 'RFC 9449 §4.3 (10), §8, §9, §11.3',
    requirement: 'DPOP-4.3-10',
    role: 'AS RS',
    says: 'A nonce is required, and the one in the proof is missing, stale, foreign or forged.',
    answer: 'use_dpop_nonce',
  },
  {
    id: 'sig.valid',
    clause: 'RFC 9449 §4.3 (6)',
    requirement: 'DPOP-4.3-06',
    role: 'AS RS',
    says: "The signature does not verify with the proof's own key.",
    answer: 'invalid_dpop_proof',
  },
  {
    id: 'ath.match',
    clause: 'RFC 9449 §4.3 (12a), §7',
    requirement: 'DPOP-4.3-12a',
    role: 'RS',
    says: 'The proof was not made for this access token.',
    answer: 'invalid_dpop_proof',
  },
  {
    id: 'token.valid',
    clause: 'RFC 9068 §4',
    requirement: 'RFC9068-04',
    role: 'RS',
    says: 'The access token is malformed, forged, expired, revoked or meant for another resource.',
    answer: 'invalid_token',
  },
  {
    id: 'jkt.match',
    clause: 'RFC 9449 §4.3 (12b), §6',
    requirement: 'DPOP-4.3-12b',
    role: 'RS',
    says: 'The token is bound to another key than the one that made the proof.',
    answer: 'invalid_token',
  },
  {
    id: 'code.jkt',
    clause: 'RFC 9449 §10',
    requirement: 'DPOP-10-02',
    role: 'token endpoint',
    says: 'The proof key is not the dpop_jkt of the authorization request.',
    answer: 'invalid_grant',
  },
  {
    id: 'par.jkt',
    clause: 'RFC 9449 §10.1',
    requirement: 'DPOP-10.1-05',
    role: 'PAR',
    says: 'The dpop_jkt and the key of the proof differ.',
    answer: 'invalid_request',
  },
  {
    id: 'refresh.jkt',
    clause: 'RFC 9449 §5',
    requirement: 'DPOP-5-09',
    role: 'token endpoint',
    says: 'The refresh token is bound to another key.',
    answer: 'invalid_grant',
  },
  {
    id: 'scope.enough',
    clause: 'RFC 6750 §3.1',
    requirement: 'DPOP-7.1-10',
    role: 'RS',
    says: 'The token does not have the scope that is needed here.',
    answer: 'insufficient_scope',
  },
  {
    id: 'jti.unused',
    clause: 'RFC 9449 §11.1',
    requirement: 'DPOP-11.1-02',
    role: 'AS RS',
    says: 'This key has used this jti before.',
    answer: 'invalid_dpop_proof',
  },
] as const satisfies readonly CheckDefinition[]

/** The id of a rule of CHECKS: `htm.match`. */
export type CheckId = (typeof CHECKS)[number]['id']

const ANSWERS = Object.fromEntries(CHECKS.map(({ id, answer }) => [id, answer])) as Record<
  CheckId,
  OAuthErrorCode
>

/** The error of a check that failed, with the code of its row. `code` is for the rows with a second answer (two credentials are an invalid_request). */
export function refusal(
  id: CheckId,
  sentence: string,
  options: ErrorOptions & { code?: OAuthErrorCode } = {},
): OAuthError {
  return new OAuthError(options.code ?? ANSWERS[id], id, sentence, options)
}
