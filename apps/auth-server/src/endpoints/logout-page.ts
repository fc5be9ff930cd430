import { type EndSession, endSession } from '@keybound/authorization-server'
import { formActionSource, parseForm } from '@keybound/oauth'
import { csrfToken } from '../browser/csrf-token.ts'
import type { Dependencies } from '../dependencies.ts'
import { LogoutPage, SignedOutPage } from '../pages/logout-page.tsx'
import { pageResponse } from '../pages/page-response.ts'
import type { Endpoint } from '../routing/route.ts'
import { seeOther } from '../routing/see-other.ts'

/**
 * GET /logout, from a client (RP-initiated) or from a page of ours. An ID token of the very user who is signed in here shows
 * that the client is theirs, and the session ends at once; otherwise the user is asked.
 * @see OpenID Connect RP-Initiated Logout 1.0 §2
 */
export function logoutPage(d: Dependencies): Endpoint {
  return async (request, context) => {
    context.note({ event: 'logout' })
    const asked = await endSession(d.server, request)
    const cookie = d.cookies.read(request.headers, 'session')
    const session = await d.sessions.find(cookie)
    if (!cookie || !session) return signedOut(d, asked.redirectTo)
    if (asked.subject !== session.subject) {
      const user = await d.users.find(session.subject)
      return askFirst(d, request, asked, { csrf: csrfToken(cookie), username: user?.username ?? '' })
    }
    await d.sessions.end(session.id)
    context.note({ outcome: 'accepted', sub: session.subject })
    return signedOut(d, asked.redirectTo)
  }
}

/** Takes the cookie away, and goes where the client may be followed to. */
export async function signedOut(d: Dependencies, redirectTo: string | undefined): Promise<Response> {
  const response = redirectTo ? seeOther(redirectTo) : await pageResponse(SignedOutPage({ site: d.site }))
  response.headers.append('Set-Cookie', d.cookies.clear('session'))
  return response
}

/** The form carries the client's parameters, and they are judged again when it comes back. The ID token is not among them. */
function askFirst(
  d: Dependencies,
  request: Request,
  asked: EndSession,
  shown: { readonly csrf: string; readonly username: string },
): Promise<Response> {
  const query = parseForm(new URL(request.url).search.slice(1))
  const values = asked.redirectTo
    ? {
        client_id: asked.client?.client_id,
        post_logout_redirect_uri: query.get('post_logout_redirect_uri'),
        state: query.get('state'),
      }
    : {}
  return pageResponse(LogoutPage({ site: d.site, ...shown, values }), {
    formAction: asked.redirectTo ? [formActionSource(asked.redirectTo)] : [],
  })
}
