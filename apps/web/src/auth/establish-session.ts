import { parseScope } from '@keybound/oauth'
import type { Account } from 'next-auth'
import type { Web } from '../dependencies.ts'
import type { PendingSignIn } from './auth-config.ts'
import { readUserName } from './read-user-name.ts'
import { SignInFailure } from './sign-in-failure.ts'
import { verifyIdToken } from './verify-id-token.ts'

/**
 * The last step of the callback: what the authorization server gave is checked, sealed into a row under a new id, and the cookie
 * gets that id. `sub` stays the provider's own.
 * Throws SignInFailure; then there is no session.
 */
export async function establishSession(
  web: Web,
  pending: PendingSignIn | undefined,
  account: Account,
): Promise<{ sub: string; name: string; sid: string }> {
  if (pending === undefined) throw new SignInFailure('session.known')
  const { subject } = await verifyIdToken(account.id_token, {
    issuer: web.env.issuer,
    keys: web.provider.idTokenKeys,
    now: web.clock(),
  })
  // Auth.js hands it over in lower case, servers write it as they like. A bearer token is never kept.
  if (account.token_type?.toLowerCase() !== 'dpop' || account.access_token === undefined)
    throw new SignInFailure('token.bound')
  const accessToken = account.access_token
  const name = await readUserName(web, { signer: pending.signer, accessToken, subject })
  const sid = await web.sessions.activate(
    pending.id,
    { subject, name },
    {
      accessToken,
      ...(account.refresh_token === undefined ? {} : { refreshToken: account.refresh_token }),
      ...(account.id_token === undefined ? {} : { idToken: account.id_token }),
      scope: parseScope(account.scope ?? ''),
      expiresAt: web.clock() + Number(account.expires_in ?? 0),
    },
  )
  if (sid === undefined) throw new SignInFailure('session.known')
  web.log.info({ event: 'sign-in', jkt: pending.signer.jkt }, 'signed in')
  return { sub: subject, name, sid }
}
