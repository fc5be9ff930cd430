import { type Form, readForm } from '@keybound/oauth'
import { isCsrfToken } from '../auth/csrf.ts'
import { readSession } from '../auth/read-session.ts'
import { badForm, forbidden, unavailable } from '../auth/refuse.ts'
import { isSameOrigin } from '../auth/same-origin.ts'
import { type Web, web } from '../dependencies.ts'

/**
 * What every form of /profile goes through: Origin, CSRF token, session. `act` then does it and names the notice for the page, to
 * which the browser is sent back, or answers otherwise; without a session it is sent there too, where it may sign in.
 */
export async function profilePost(
  request: Request,
  act: (web: Web, sessionId: string, form: Form) => Promise<string | Response | undefined>,
): Promise<Response> {
  try {
    const shared = await web()
    const { env } = shared
    if (!isSameOrigin(request.headers, env.webUrl)) return forbidden('request.origin')
    const form = await readForm(request, { allowQuery: true }).catch(badForm)
    if (form instanceof Response) return form
    if (!(await isCsrfToken(request, form.get('csrfToken'), env))) return forbidden('csrf.token')
    const session = await readSession(shared, request)
    const notice = session && (await act(shared, session.sessionId, form))
    if (notice instanceof Response) return notice
    const location = `${env.webUrl}/profile${notice === undefined ? '' : `?notice=${notice}`}`
    return new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } })
  } catch (fault) {
    return unavailable(fault)
  }
}
