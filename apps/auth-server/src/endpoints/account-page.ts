import { csrfToken } from '../browser/csrf-token.ts'
import type { Dependencies } from '../dependencies.ts'
import { AccountPage } from '../pages/account-page.tsx'
import { pageResponse } from '../pages/page-response.ts'
import type { Endpoint } from '../routing/route.ts'
import { seeOther } from '../routing/see-other.ts'

/** GET /account: who has access and where one is signed in. */
export function accountPage(d: Dependencies): Endpoint {
  return async (request) => {
    const cookie = d.cookies.read(request.headers, 'session')
    const session = await d.sessions.find(cookie)
    const user = session && (await d.users.find(session.subject))
    if (!cookie || !session || !user) return seeOther(`${d.site.base}/login`)
    const now = d.clock()
    const page = AccountPage({
      site: d.site,
      csrf: csrfToken(cookie),
      now,
      user,
      currentSessionId: session.id,
      sessions: await d.sessions.list(session.subject),
      apps: await d.accountApps.list(session.subject, now),
    })
    return pageResponse(page)
  }
}
