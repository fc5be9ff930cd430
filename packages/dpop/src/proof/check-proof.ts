import { type Awaitable, isPromise } from '../awaitable.ts'
import type { CheckId } from '../checks.ts'
import { refusal } from '../checks.ts'
import { isProofAlg } from '../key/proof-alg.ts'
import { nonceMatch } from '../nonce/nonce-match.ts'
import { type Finding, fail, PASS, shown, skip } from '../verdict.ts'
import { acceptedProof } from './accepted-proof.ts'
import { methodMatch } from './method-match.ts'
import type { ExpectedProof, Proof } from './proof.ts'
import type { NonceLife } from './proof-expiry.ts'
import { defaultProofPolicy } from './proof-policy.ts'
import { type ProofReading, readProofText } from './proof-reading.ts'
import { singleField } from './read-proof.ts'
import { isTime, requiredClaims } from './required-claims.ts'
import { signatureValid } from './signature-valid.ts'
import { targetMatch } from './target-match.ts'
import { timeWindow } from './time-window.ts'
import { tokenHashMatch } from './token-hash-match.ts'

const NO_HEADER = skip('The header could not be read.')
const NO_CLAIMS = skip('The claim could not be read.')

interface ProofCheck {
  readonly id: CheckId
  /** Pure. `skipped` where there is nothing to judge: an earlier shape is missing, or nothing is expected. */
  judge(proof: ProofReading, expected: Partial<ExpectedProof>): Awaitable<Finding>
}

/** RFC 9449 §4.3, clause by clause, in the one order of evaluation. checkProof stops at the first failure, explainProof goes to the end. */
export const PROOF_CHECKS: readonly ProofCheck[] = [
  // (1) There is not more than one DPoP HTTP request header field.
  { id: 'header.single', judge: ({ text }) => singleField(text) },

  // (2) The DPoP HTTP request header field value is a single and well-formed JWT.
  { id: 'jwt.wellformed', judge: ({ wellformed }) => wellformed },

  // (4) The typ JOSE Header Parameter has the value dpop+jwt.
  {
    id: 'typ.dpop',
    judge({ header }) {
      if (header === undefined) return NO_HEADER
      return header.typ === 'dpop+jwt' ? PASS : wrongType(header.typ)
    },
  },

  // (5) The alg JOSE Header Parameter indicates a registered asymmetric digital signature algorithm, is not none, is supported by the
  //     application, and is acceptable per local policy.
  {
    id: 'alg.allowed',
    judge({ header }, { policy = defaultProofPolicy }) {
      if (header === undefined) return NO_HEADER
      return isProofAlg(header.alg) && policy.algs.includes(header.alg)
        ? PASS
        : wrongAlg(header.alg, policy.algs)
    },
  },

  // RFC 7515 §4.1.11: an extension that has to be understood, and we understand none.
  {
    id: 'crit.none',
    judge({ header }) {
      if (header === undefined) return NO_HEADER
      if (header.crit !== undefined)
        return fail('The header names critical extensions.', { received: shown(header.crit) })
      return header.b64 === undefined || header.b64 === true ? PASS : fail('The payload must be encoded.')
    },
  },

  // (7) The jwk JOSE Header Parameter does not contain a private key; and it is a sound key for this alg.
  {
    id: 'jwk.public',
    judge: ({ key }) => key?.finding ?? skip('Which keys are right depends on an alg that is not one.'),
  },

  // (3) All required claims per Section 4.2 are contained in the JWT.
  {
    id: 'claims.required',
    judge: ({ claims }, { policy = defaultProofPolicy }) =>
      claims === undefined ? NO_CLAIMS : requiredClaims(claims, policy),
  },

  // (8) The htm claim matches the HTTP method of the current request.
  {
    id: 'htm.match',
    judge({ claims }, { method }) {
      if (typeof claims?.htm !== 'string') return NO_CLAIMS
      return method === undefined ? skip('Needs the method of the request.') : methodMatch(claims.htm, method)
    },
  },

  // (9) The htu claim matches the HTTP URI value for the HTTP request in which the JWT was received, ignoring any query and fragment parts.
  {
    id: 'htu.match',
    judge({ claims }, { url }) {
      if (typeof claims?.htu !== 'string') return NO_CLAIMS
      return url === undefined ? skip('Needs the URL of the request.') : targetMatch(claims.htu, url)
    },
  },

  // (11) The creation time of the JWT, as determined by either the iat claim or a server managed timestamp via the nonce claim, is within an
  //      acceptable window. Before (10): an old proof is refused as such even where it also lacks a nonce.
  {
    id: 'iat.window',
    judge({ claims }, { now, nonces, policy = defaultProofPolicy }) {
      if (!isTime(claims?.iat)) return NO_CLAIMS
      if (now === undefined) return skip('Needs the time.')
      const iatCounts = nonces === undefined || policy.freshness !== 'nonce'
      return timeWindow(claims.iat, claims, now, policy, iatCounts)
    },
  },

  // (10) If the server provided a nonce value to the client, the nonce claim matches the server-provided nonce value.
  {
    id: 'nonce.match',
    judge({ claims }, { nonces, now, policy = defaultProofPolicy }) {
      if (nonces === undefined || now === undefined) return skip('No nonce is asked for.')
      if (claims === undefined || (claims.nonce !== undefined && typeof claims.nonce !== 'string'))
        return NO_CLAIMS
      return nonceMatch(claims.nonce, nonces, now, policy.freshness !== 'iat')
    },
  },

  // (6) The JWT signature verifies with the public key contained in the jwk JOSE Header Parameter.
  { id: 'sig.valid', judge: signatureValid },

  // (12) If presented to a protected resource in conjunction with an access token, the value of the ath claim equals the hash of that access token.
  //      Its second half, that the token is bound to the key of the proof, can be judged only once the token is verified: checkBinding.
  {
    id: 'ath.match',
    judge({ claims }, { accessToken }) {
      if (accessToken === undefined) return skip('No access token came with the proof.')
      return claims === undefined ? NO_CLAIMS : tokenHashMatch(claims.ath, accessToken)
    },
  },
]

/**
 * Makes sure of everything that RFC 9449 §4.3 asks of a receiving server, and returns the proof, or throws at the first check that fails.
 *
 * Throws OAuthError invalid_dpop_proof or use_dpop_nonce, its reason the id of that check; TypeError if `expected` is incomplete.
 * Does not check: that the access token is valid or bound to `proof.jkt` (checkBinding, clause 12b), and that the jti is new (remember, §11.1). Both are
 * the caller's next steps, in this order.
 * @see RFC 9449 §4.3
 */
export async function checkProof(proofJwt: string, expected: ExpectedProof): Promise<Proof> {
  requireExpectations(expected)
  const reading = readProofText(proofJwt, expected.policy.maxProof, expected.keys)
  let nonce: NonceLife | undefined
  for (const { id, judge } of PROOF_CHECKS) {
    if (expected.checks?.has(id) === false) continue
    const judged = judge(reading, expected)
    const finding = isPromise(judged) ? await judged : judged
    if (finding.status !== 'pass' && finding.status !== 'skipped') {
      // Rejected before the caller can have begun to wait, a promise is taken for an unhandled one by Node, and back: a microsecond for each refusal.
      await undefined
      throw refusal(id, [finding.because, finding.hint].filter(Boolean).join(' '))
    }
    if (finding.until !== undefined)
      nonce = { since: finding.since ?? Number.NEGATIVE_INFINITY, until: finding.until }
  }
  return acceptedProof(reading, expected, nonce)
}

/** The rows skip what is not expected, which is right for explainProof and must never happen here by a caller's slip. */
function requireExpectations({ method, url, now, policy }: ExpectedProof): void {
  if (
    typeof method !== 'string' ||
    typeof url !== 'string' ||
    !Number.isFinite(now) ||
    typeof policy !== 'object'
  ) {
    throw new TypeError('checkProof needs method, url, now and policy')
  }
}

function wrongType(typ: unknown): Finding {
  return fail('The typ is not dpop+jwt.', {
    expected: 'dpop+jwt',
    received: shown(typ),
    ...(typ === undefined || typ === 'JWT'
      ? { hint: 'An ID token or another JWT was sent as a proof, or the typ was left out when signing.' }
      : {}),
  })
}

function wrongAlg(alg: unknown, algs: readonly string[]): Finding {
  return fail('The alg is not accepted here.', { expected: algs.join(' '), received: shown(alg) })
}
