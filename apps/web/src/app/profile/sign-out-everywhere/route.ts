import { cookieNames, setCookie } from '../../../auth/cookies.ts'
import { methodNotAllowed } from '../../../auth/refuse.ts'
import { signOutEverywhere } from '../../../auth/sign-out-everywhere.ts'
import { profilePost } from '../../../profile/profile-post.ts'

/** Ends every session of the user, here and at the authorization server, and goes to the page that says so. */
export function POST(request: Request): Promise<Response> {
  return profilePost(request, async (web, sessionId) => {
    const session = await web.sessions.find(sessionId)
    if (session === undefined) return undefined
    try {
      await signOutEverywhere(web, session)
    } catch (fault) {
      web.log.warn({ err: fault }, 'sign-out everywhere failed')
      return 'not-signed-out'
    }
    const { webUrl } = web.env
    const headers = new Headers({ location: `${webUrl}/sign-out`, 'cache-control': 'no-store' })
    headers.append('set-cookie', setCookie(webUrl, cookieNames(webUrl).session, '', 0))
    return new Response(null, { status: 303, headers })
  })
}

function refuse(): Response {
  return methodNotAllowed('POST')
}

export { refuse as DELETE, refuse as GET, refuse as PATCH, refuse as PUT }
