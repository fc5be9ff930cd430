import type { Web } from '../dependencies.ts'
import { authFor, type PendingSignIn } from './auth-config.ts'
import { callbackPath } from './auth-paths.ts'
import { authRequest, redirectTarget, withRedirectTarget } from './auth-request.ts'
import { cookieNames, readCookie, setCookie } from './cookies.ts'
import { endSession } from './end-session.ts'
import { readSession } from './read-session.ts'
import { signInFailed } from './refuse.ts'
import { failureReason, SignInFailure } from './sign-in-failure.ts'

const parameters = ['code', 'state', 'iss', 'error', 'error_description']

/**
 * The browser is back from the authorization server. Auth.js checks state, issuer, PKCE and nonce and redeems the code through our
 * fetch; establish-session.ts does the rest. An earlier session of this browser ends with the new one.
 */
export async function callbackRequest(web: Web, request: Request): Promise<Response> {
  const { env } = web
  const query = new URLSearchParams()
  for (const [name, value] of new URL(request.url).searchParams)
    if (parameters.includes(name) && !query.has(name)) query.append(name, value)

  let fault: Error | undefined
  let response: Response
  let earlier: { sessionId: string } | undefined
  try {
    earlier = await readSession(web, request)
    const pending = await pendingSignIn(web, request)
    const auth = authFor(web, { ...(pending && { pending }), onFault: (error) => (fault = error) })
    response = await auth.handlers.GET(authRequest(env, request, callbackPath, { query }))
  } catch (failure) {
    return signInFailed(web, request, failure)
  }
  const target = redirectTarget(response)
  if (fault !== undefined || target === undefined)
    return signInFailed(web, request, denied(fault, query) ?? fault)

  if (earlier) await endSession(web, earlier.sessionId)
  const answer = withRedirectTarget(response, target)
  answer.headers.append('set-cookie', setCookie(env.webUrl, cookieNames(env.webUrl).signIn, '', 0))
  return answer
}

async function pendingSignIn(web: Web, request: Request): Promise<PendingSignIn | undefined> {
  const id = readCookie(request.headers, cookieNames(web.env.webUrl).signIn)
  if (id === undefined) return undefined
  const signer = await web.sessions.findPending(id)
  return signer && { id, signer }
}

/** Auth.js says that the provider answered with an error, after state and issuer were right, but not with which. */
function denied(fault: unknown, query: URLSearchParams): SignInFailure | undefined {
  const cancelled = failureReason(fault) === 'response.refused' && query.get('error') === 'access_denied'
  return cancelled ? new SignInFailure('response.denied') : undefined
}
