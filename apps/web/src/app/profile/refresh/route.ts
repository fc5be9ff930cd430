import { methodNotAllowed } from '../../../auth/refuse.ts'
import { profilePost } from '../../../profile/profile-post.ts'
import { refreshAgain } from '../../../profile/refresh-again.ts'

/** A refresh although the token still lives. The form says which refresh it saw last: pressed twice, it is still one. */
export function POST(request: Request): Promise<Response> {
  return profilePost(request, async (web, sessionId, form) =>
    (await refreshAgain(web, sessionId, Number(form.get('seen')))) ? 'refreshed' : undefined,
  )
}

function refuse(): Response {
  return methodNotAllowed('POST')
}

export { refuse as DELETE, refuse as GET, refuse as PATCH, refuse as PUT }
