import { nextStep } from '@keybound/authorization-server'
import { formActionSource, parseForm } from '@keybound/oauth'
import { csrfToken } from '../browser/csrf-token.ts'
import type { Dependencies } from '../dependencies.ts'
import { ConsentPage } from '../pages/consent-page.tsx'
import { pageResponse } from '../pages/page-response.ts'
import type { Endpoint } from '../routing/route.ts'
import { stepResponse } from './step-response.ts'
import { transactionOf } from './transaction-of.ts'

/** GET /consent. What it shows is the stored transaction; nothing in the form can change it (U-013). */
export function consentPage(d: Dependencies): Endpoint {
  return async (request, context) => {
    const query = parseForm(new URL(request.url).search.slice(1))
    const found = await transactionOf(d, request, query.get('transaction') ?? '')
    const cookie = d.cookies.read(request.headers, 'session')
    const session = await d.sessions.find(cookie)
    const step = await nextStep(d.server, found, session)
    if (step.next !== 'consent' || !cookie || !session) return stepResponse(d, found, session, context)
    const asked = step.transaction.request
    const user = await d.users.find(session.subject)
    const page = ConsentPage({
      site: d.site,
      csrf: csrfToken(cookie),
      transactionId: found.id,
      clientName: step.client.client_name,
      redirectUri: asked.redirectUri,
      username: user?.username ?? '',
      scope: asked.scope,
      key: asked.dpopJkt && { jkt: asked.dpopJkt, proved: asked.keyProved === true },
    })
    return pageResponse(page, { formAction: [formActionSource(asked.redirectUri)] })
  }
}
