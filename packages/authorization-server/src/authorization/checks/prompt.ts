import { refused } from '../../refused.ts'
import type { AuthorizationRequest } from '../authorization-request.ts'

export const promptValues = ['none', 'login', 'consent', 'select_account'] as const

/** @see OpenID Connect Core §3.1.2.1 */
export function checkPrompt(prompt: string | undefined): AuthorizationRequest['prompt'] {
  if (prompt === undefined) return []
  const values = prompt.split(' ').map((value) => promptValues.find((known) => known === value))
  const known = values.filter((value) => value !== undefined)
  if (known.length < values.length) throw refused('prompt.valid')
  if (known.includes('none') && known.length > 1) throw refused('prompt.valid')
  return known
}
