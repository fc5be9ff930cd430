import { endSession } from '@keybound/authorization-server'
import { type Form, readForm } from '@keybound/oauth'
import { checkPageForm } from '../browser/read-page-form.ts'
import type { Dependencies } from '../dependencies.ts'
import type { Endpoint } from '../routing/route.ts'
import { seeOther } from '../routing/see-other.ts'
import { signedOut } from './logout-page.ts'

/** What a client sends, by GET or by POST. */
const clientParameters = ['id_token_hint', 'client_id', 'post_logout_redirect_uri', 'state']

/** POST /logout: the answer to our own question, or a client's request, which goes on by GET, where the browser's cookies arrive. */
export function logout(d: Dependencies): Endpoint {
  return async (request, context) => {
    context.note({ event: 'logout' })
    const form = await readForm(request)
    const byGet = `${d.server.endpoints.endSession}?${parametersOf(form)}`
    if (isFromClient(form)) return seeOther(byGet)
    const cookie = d.cookies.read(request.headers, 'session')
    checkPageForm(request, form, d.site, cookie)
    if (form.get('decision') !== 'logout') return seeOther(`${d.site.base}/account`)
    const session = await d.sessions.find(cookie)
    if (session) {
      await d.sessions.end(session.id)
      context.note({ outcome: 'accepted', sub: session.subject })
    }
    return signedOut(d, (await endSession(d.server, new Request(byGet))).redirectTo)
  }
}

function isFromClient(form: Form): boolean {
  return !form.has('decision') && clientParameters.some((name) => form.has(name))
}

function parametersOf(form: Form): URLSearchParams {
  return new URLSearchParams(
    clientParameters.flatMap((name) => form.getAll(name).map((value) => [name, value])),
  )
}
