import { methodNotAllowed } from '../../../auth/refuse.ts'
import { fetchProfile } from '../../../profile/profile-client.ts'
import { profilePost } from '../../../profile/profile-post.ts'

/** The form posts here; the server sends PATCH with a JSON merge patch (RFC 7396). */
export function POST(request: Request): Promise<Response> {
  return profilePost(request, async (web, sessionId, form) => {
    const answer = await fetchProfile(web, sessionId, {
      method: 'PATCH',
      headers: { 'content-type': 'application/merge-patch+json' },
      body: JSON.stringify({ name: form.get('name') ?? '' }),
    })
    return answer && (answer.response.ok ? 'name-saved' : 'name-refused')
  })
}

function refuse(): Response {
  return methodNotAllowed('POST')
}

export { refuse as DELETE, refuse as GET, refuse as PATCH, refuse as PUT }
