import type { AuthorizationServer } from '../authorization-server.ts'

/** What the server knows about a user, under the names of OpenID Connect Core §5.1. */
export interface UserClaims {
  readonly name?: string
  readonly email?: string
  readonly email_verified?: boolean
  readonly locale?: string
  /** NumericDate. */
  readonly updated_at?: number
  readonly [claim: string]: unknown
}

export type FindClaims = (subject: string) => Promise<UserClaims | undefined>

/** @see OpenID Connect Core §5.4 */
const claimsOfScope: Readonly<Record<string, readonly string[]>> = {
  profile: [
    'name',
    'family_name',
    'given_name',
    'middle_name',
    'nickname',
    'preferred_username',
    'profile',
    'picture',
    'website',
    'gender',
    'birthdate',
    'zoneinfo',
    'locale',
    'updated_at',
  ],
  email: ['email', 'email_verified'],
}

/** Every claim that the server may tell, of login and user. */
export const claimNames = [
  'sub',
  'iss',
  'auth_time',
  'acr',
  'name',
  'email',
  'email_verified',
  'locale',
  'updated_at',
] as const

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
  const names = access.scope.flatMap((scope) => claimsOfScope[scope] ?? [])
  const covered = names.filter((name) => known[name] !== undefined).map((name) => [name, known[name]])
  return { sub: access.subject, ...Object.fromEntries(covered) }
}
