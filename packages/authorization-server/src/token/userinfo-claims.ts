import type { AuthorizationServer } from '../authorization-server.ts'

/** What the server knows about a user, under the names of OpenID Connect Core §5.1. */
export interface UserClaims {
  readonly name?: string
  readonly email?: string
  readonly email_verified?: boolean
  readonly locale?: string
  /** NumericDate. */
  readonly updated_at?: number
}

export type FindClaims = (subject: string) => Promise<UserClaims | undefined>

/** Of OpenID Connect Core §5.4 those that UserClaims has. */
const claimsOfScope: ReadonlyMap<string, readonly (keyof UserClaims)[]> = new Map([
  ['profile', ['name', 'locale', 'updated_at']],
  ['email', ['email', 'email_verified']],
])

/** Every claim that the server may tell, of login and user. */
export const claimNames: readonly string[] = [
  'sub',
  'iss',
  'auth_time',
  'acr',
  ...[...claimsOfScope.values()].flat(),
]

/**
 * The body of a userinfo answer: `sub` and the claims that the scope covers; undefined where the user is gone (answer invalid_token).
 * Does not check: that the token has the scope openid.
 * @see OpenID Connect Core §5.3, §5.4
 */
export async function userinfoClaims(
  server: AuthorizationServer,
  access: { readonly subject: string; readonly scope: readonly string[] },
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const known = await server.findClaims(access.subject)
  if (!known) return undefined
  const names = access.scope.flatMap((scope) => claimsOfScope.get(scope) ?? [])
  const covered = names.filter((name) => known[name] !== undefined).map((name) => [name, known[name]])
  return { sub: access.subject, ...Object.fromEntries(covered) }
}
