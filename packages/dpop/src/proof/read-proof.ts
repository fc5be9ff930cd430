import { refusal } from '../checks.ts'
import { type Finding, fail, PASS } from '../verdict.ts'

/**
 * The text of the one DPoP header field, or undefined if there is none.
 *
 * A web `Headers` joins repeated fields with a comma, which no proof contains. Where the framework hides repeated fields, the front door refuses them earlier.
 * Throws OAuthError invalid_dpop_proof `header.single` for an empty field, two fields, or two proofs in one.
 * Does not check: whether a proof is required.
 * @see RFC 9449 §4.1, §4.3 (1)
 */
export function readProof(headers: Pick<Headers, 'get'>): string | undefined {
  const text = headers.get('dpop') ?? undefined
  if (text === undefined) return undefined
  const finding = singleField(text)
  if (finding.status === 'fail') throw refusal('header.single', finding.because ?? '')
  return text
}

/** What `header.single` says about the text of the field. */
export function singleField(text: string): Finding {
  if (text.trim() === '')
    return fail('The DPoP header is empty.', { expected: 'one proof', received: 'nothing' })
  if (text.includes(',')) {
    return fail('There is more than one DPoP header field, or more than one proof in it.', {
      expected: 'one proof',
      received: 'several',
    })
  }
  return PASS
}
