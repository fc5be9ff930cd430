import type { AuthorizationServer } from '../authorization-server.ts'

/** What the server knows about a user, under the names of OpenID Connect Core §5.1. */
export interface UserClaims {
  readonly name?: string
  readonly email?: string
  readonly email_verified?: boolean
  readonly locale?: string
  readonly updated_at?: number
  readonly [claim: string]: unknown
}

export type FindClaims = (subject: string) => Promise<UserClaims | undefined>

/**
 * The body of a userinfo answer: `sub` and the claims that the scope covers; undefined where the user is gone (answer invalid_token).
 * Does not check: that the token has the scope openid.
 * @see OpenID Connect Core §5.3, §5.4
 */
export async function userinfoClaims(
  _server: AuthorizationServer,
  _access: { readonly subject: string; readonly scope: readonly string[] },
): Promise<Readonly<Record<string, unknown>> | undefined> {
  throw new TypeError('to come')
}
