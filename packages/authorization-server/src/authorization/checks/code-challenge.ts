import { refused } from '../../refused.ts'

export const codeChallengeMethods = ['S256'] as const

/** PKCE is not optional, for confidential clients neither, and an absent method would mean `plain`. @see RFC 7636 §4.3 · RFC 9700 §2.1.1 */
export function checkCodeChallenge(challenge: string | undefined, method: string | undefined): string {
  const known = codeChallengeMethods.some((one) => one === method)
  if (!known || challenge === undefined) throw refused('pkce.required')
  if (!/^[A-Za-z0-9_-]{43}$/.test(challenge)) throw refused('pkce.required')
  return challenge
}
