import { readForm } from '@keybound/oauth'
import type { Web } from '../dependencies.ts'
import type { WebSession } from '../session/web-sessions.ts'
import { authFor } from './auth-config.ts'
import { signOutPath } from './auth-paths.ts'
import { authRequest, withRedirectTarget } from './auth-request.ts'
import { clientId } from './client-key.ts'
import { endSession } from './end-session.ts'
import { readSession } from './read-session.ts'
import { badForm, forbidden } from './refuse.ts'
import { isSameOrigin } from './same-origin.ts'
import { isMissingCsrf } from './sign-in.ts'

/** POST of the sign-out form: the row, the grant and the cookie go, then the session at the authorization server ends too. */
export async function signOutRequest(web: Web, request: Request): Promise<Response> {
  const { env } = web
  if (!isSameOrigin(request.headers, env.webUrl)) return forbidden('request.origin')
  const given = await readForm(request, { allowQuery: true }).catch(badForm)
  if (given instanceof Response) return given
  const form = new URLSearchParams({ csrfToken: given.get('csrfToken') ?? '', callbackUrl: '/' })

  const current = await readSession(web, request)
  let fault: Error | undefined
  const auth = authFor(web, { onFault: (error) => (fault = error) })
  const response = await auth.handlers.POST(authRequest(env, request, signOutPath, { form }))
  if (fault !== undefined && isMissingCsrf(fault)) return forbidden('csrf.token')
  if (fault !== undefined) throw fault

  const ended = current && (await endSession(web, current.sessionId))
  return withRedirectTarget(response, await afterSignOut(web, ended))
}

/** The logout page of the authorization server, where it has one and there is a session to name. @see OpenID Connect RP-Initiated Logout §2 */
async function afterSignOut(web: Web, ended: WebSession | undefined): Promise<string> {
  const home = `${web.env.webUrl}/`
  if (ended?.tokens.idToken === undefined) return home
  const metadata = await web.provider.metadata().catch(() => undefined)
  if (metadata?.end_session_endpoint === undefined) return home
  const url = new URL(metadata.end_session_endpoint)
  url.searchParams.set('client_id', clientId)
  url.searchParams.set('id_token_hint', ended.tokens.idToken)
  url.searchParams.set('post_logout_redirect_uri', home)
  return url.href
}
