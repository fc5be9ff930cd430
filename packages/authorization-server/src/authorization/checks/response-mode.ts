import { refused } from '../../refused.ts'

export const responseModes = ['query', 'form_post'] as const
export type ResponseMode = (typeof responseModes)[number]

/** @see OAuth 2.0 Multiple Response Types §2.1 · OAuth 2.0 Form Post Response Mode */
export function checkResponseMode(responseMode = 'query'): ResponseMode {
  const known = responseModes.find((mode) => mode === responseMode)
  if (known === undefined) throw refused('response_mode.known')
  return known
}
