import type { LogFields } from '../routing/route.ts'

/** How the protocol decided, read from its own answer: the description of every error begins with the id of the rule. */
export async function verdictOf(response: Response): Promise<Pick<LogFields, 'outcome' | 'check' | 'error'>> {
  if (response.status < 400) return { outcome: 'accepted' }
  try {
    const { error, error_description } = await response.clone().json()
    const check = /^[a-z_.]+(?=: )/.exec(error_description)?.[0]
    const outcome = error === 'use_dpop_nonce' ? 'challenged' : 'rejected'
    return { outcome, ...(error ? { error } : {}), ...(check ? { check } : {}) }
  } catch {
    return { outcome: 'rejected' }
  }
}
