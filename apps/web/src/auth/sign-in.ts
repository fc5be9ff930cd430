import { readForm } from '@keybound/oauth'
import type { Web } from '../dependencies.ts'
import { sessionLimits } from '../session/web-sessions.ts'
import { authFor } from './auth-config.ts'
import { signInPath } from './auth-paths.ts'
import { authRequest, redirectTarget, withRedirectTarget } from './auth-request.ts'
import { localPath } from './callback-url.ts'
import { cookieNames, setCookie } from './cookies.ts'
import { pushAuthorizationRequest } from './push-request.ts'
import { badForm, forbidden, signInFailed } from './refuse.ts'
import { isSameOrigin } from './same-origin.ts'

/**
 * POST of the sign-in form. Auth.js makes state, nonce and PKCE and their cookies; a key pair is made for this sign-in alone; the
 * request that Auth.js would have sent through the browser is pushed instead, with a proof.
 */
export async function signInRequest(web: Web, request: Request): Promise<Response> {
  const { env } = web
  if (!isSameOrigin(request.headers, env.webUrl)) return forbidden('request.origin')
  const given = await readForm(request, { allowQuery: true }).catch(badForm)
  if (given instanceof Response) return given
  const form = new URLSearchParams({
    csrfToken: given.get('csrfToken') ?? '',
    callbackUrl: localPath(given.get('callbackUrl'), env.webUrl),
  })

  let fault: Error | undefined
  const auth = authFor(web, { onFault: (error) => (fault = error) })
  const response = await auth.handlers.POST(authRequest(env, request, signInPath, { form }))
  if (fault !== undefined)
    return isMissingCsrf(fault) ? forbidden('csrf.token') : signInFailed(web, request, fault)
  const authorization = redirectTarget(response)
  if (authorization === undefined) return signInFailed(web, request, new Error('Auth.js named no target'))

  try {
    const { id, signer } = await web.sessions.begin()
    const target = await pushAuthorizationRequest(web, authorization, signer)
    const answer = withRedirectTarget(response, target)
    answer.headers.append(
      'set-cookie',
      setCookie(env.webUrl, cookieNames(env.webUrl).signIn, id, sessionLimits.signIn),
    )
    return answer
  } catch (failure) {
    return signInFailed(web, request, failure)
  }
}

export function isMissingCsrf(fault: Error): boolean {
  return 'type' in fault && fault.type === 'MissingCSRF'
}
