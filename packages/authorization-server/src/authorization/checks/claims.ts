import { parseJsonObject } from '@keybound/dpop'
import { refused } from '../../refused.ts'
import { acrValues } from '../../token/authentication-context.ts'

/** What the `claims` parameter asked for, as far as this server serves it. */
export interface RequestedClaims {
  /** Names of claims that are to stand in the ID token too, where the scope covers them. */
  readonly idToken: readonly string[]
  /** Nobody else may be signed in. */
  readonly subject?: string
}

type Members = Readonly<Record<string, unknown>>

/**
 * The `claims` parameter. It places claims into the ID token and demands a user or an acr; it never gives more than the scope, which is
 * what the user is asked about. Claims that are not known are ignored.
 * @throws OAuthError invalid_request `claims.valid`, access_denied `acr.available`
 * @see OpenID Connect Core §5.5
 */
export function checkClaims(claims: string | undefined): RequestedClaims {
  if (claims === undefined) return { idToken: [] }
  const parsed = claims.length <= 4096 ? parseJsonObject(claims) : 'is too long'
  if (typeof parsed === 'string') throw refused('claims.valid')
  const { id_token: idToken = {}, userinfo = {} } = parsed
  if (!isMembers(idToken) || !isMembers(userinfo)) throw refused('claims.valid')

  if (!isAcrServed(idToken.acr)) throw refused('acr.available')
  const subject = subjectIn(idToken.sub) ?? subjectIn(userinfo.sub)
  return { idToken: Object.keys(idToken), ...(subject !== undefined && { subject }) }
}

/** Only an essential acr with other values cannot be served; a voluntary one is a wish. @see OpenID Connect Core §5.5.1.1 */
function isAcrServed(acr: unknown): boolean {
  if (!isMembers(acr) || acr.essential !== true) return true
  const values = Array.isArray(acr.values) ? acr.values : acr.value === undefined ? [] : [acr.value]
  return values.length === 0 || acrValues.some((value) => values.includes(value))
}

function subjectIn(request: unknown): string | undefined {
  return isMembers(request) && typeof request.value === 'string' ? request.value : undefined
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
