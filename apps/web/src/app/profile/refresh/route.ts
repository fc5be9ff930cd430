import { methodNotAllowed } from '../../../auth/refuse.ts'
import { sessionWithToken } from '../../../profile/profile-client.ts'
import { profilePost } from '../../../profile/profile-post.ts'

/** A refresh although the token still lives. */
export function POST(request: Request): Promise<Response> {
  return profilePost(request, async (web, sessionId) => {
    const session = await web.sessions.find(sessionId)
    const renewed = session && (await sessionWithToken(web, sessionId, session.tokens.accessToken))
    return renewed && 'refreshed'
  })
}

function refuse(): Response {
  return methodNotAllowed('POST')
}

export { refuse as DELETE, refuse as GET, refuse as PATCH, refuse as PUT }
