import type { LogFields } from '../routing/route.ts'

/** How the protocol decided, read from its own answer: the description of every error begins with the id of the rule. */
export async function verdictOf(
  response: Response,
): Promise<Pick<LogFields, 'outcome' | 'check' | 'error' | 'hint'>> {
  if (response.status < 400) return { outcome: 'accepted' }
  try {
    const { error, error_description } = await response.clone().json()
    const check = /^[a-z_.]+(?=: )/.exec(error_description)?.[0]
    const outcome = error === 'use_dpop_nonce' ? 'challenged' : 'rejected'
    // Of all faults of a proof this one is often the operator's: https in front, http in ISSUER_URL.
    const hint = /Set the public URL/.test(error_description)
      ? error_description.replace('the public URL', 'ISSUER_URL to it')
      : undefined
    return { outcome, ...(error ? { error } : {}), ...(check ? { check } : {}), ...(hint ? { hint } : {}) }
  } catch {
    return { outcome: 'rejected' }
  }
}
