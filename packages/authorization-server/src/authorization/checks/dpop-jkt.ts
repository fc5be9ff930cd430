import { type Jkt, parseJkt } from '@keybound/dpop'
import { refused } from '../../refused.ts'

/**
 * The key that the code will be bound to: from `dpop_jkt`, from the proof at PAR, or none.
 * @throws OAuthError invalid_request `dpop_jkt.shape`, or `par.jkt` where the two differ
 * @see RFC 9449 §10, §10.1
 */
export function checkDpopJkt(parameter: string | undefined, proved: Jkt | undefined): Jkt | undefined {
  if (parameter === undefined) return proved
  const jkt = parseJkt(parameter)
  if (jkt === undefined) throw refused('dpop_jkt.shape')
  if (proved !== undefined && proved !== jkt) throw refused('par.jkt')
  return jkt
}
