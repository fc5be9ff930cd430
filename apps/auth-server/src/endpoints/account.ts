import type { Form } from '@keybound/oauth'
import { readPageForm } from '../browser/read-page-form.ts'
import type { Dependencies } from '../dependencies.ts'
import { PageRefusal } from '../pages/page-refusal.ts'
import type { Endpoint } from '../routing/route.ts'
import { seeOther } from '../routing/see-other.ts'

/** POST /account: ends another session of the user, or an app's access. */
export function account(d: Dependencies): Endpoint {
  return async (request, context) => {
    context.note({ event: 'account' })
    const cookie = d.cookies.read(request.headers, 'session')
    const form = await readPageForm(request, d.site, cookie)
    const session = await d.sessions.find(cookie)
    if (!session) return seeOther(`${d.site.base}/login`)
    await end(d, form, session.subject)
    context.note({ outcome: `ended ${form.get('end')}`, sub: session.subject })
    return seeOther(`${d.site.base}/account`)
  }
}

/** Only what is the user's own: another one's session id ends nothing. */
async function end(d: Dependencies, form: Form, subject: string): Promise<void> {
  switch (form.get('end')) {
    case 'session': {
      const own = (await d.sessions.list(subject)).find(({ id }) => id === form.get('session'))
      if (own) await d.sessions.end(own.id)
      return
    }
    case 'app':
      return d.accountApps.end(subject, form.get('client_id') ?? '', d.clock())
    default:
      throw new PageRefusal(400, 'request.form', 'The form does not say what to end.')
  }
}
