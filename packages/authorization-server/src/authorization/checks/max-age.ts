import { refused } from '../../refused.ts'

/** Seconds since the last login that the client accepts. @see OpenID Connect Core §3.1.2.1 */
export function checkMaxAge(maxAge: string | undefined): number | undefined {
  if (maxAge === undefined) return undefined
  if (!/^\d{1,9}$/.test(maxAge)) throw refused('max_age.valid')
  return Number(maxAge)
}
