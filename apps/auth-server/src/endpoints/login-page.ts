import { nextStep } from '@keybound/authorization-server'
import { formActionSource, parseForm } from '@keybound/oauth'
import { csrfToken } from '../browser/csrf-token.ts'
import { newSecretValue } from '../browser/secret-value.ts'
import type { Dependencies } from '../dependencies.ts'
import { LoginPage } from '../pages/login-page.tsx'
import { pageResponse } from '../pages/page-response.ts'
import type { Endpoint } from '../routing/route.ts'
import { seeOther } from '../routing/see-other.ts'
import { stepResponse } from './step-response.ts'
import { transactionOf } from './transaction-of.ts'

/** What a refused try says, by the id that stands in the URL of the page that follows. The same for an unknown and a known user (U-008). */
const problems: ReadonlyMap<string, string> = new Map([
  ['missing', 'Enter your username and your password.'],
  ['credentials', 'The username and the password do not match.'],
])

/** GET /login, for an authorization (`?transaction=`) or, without one, for the account page. */
export function loginPage(d: Dependencies): Endpoint {
  return async (request, context) => {
    const query = parseForm(new URL(request.url).search.slice(1))
    const problem = problems.get(query.get('problem') ?? '')
    const session = await d.sessions.find(d.cookies.read(request.headers, 'session'))
    const id = query.get('transaction')
    if (!id) {
      return session ? seeOther(`${d.site.base}/account`) : showLogin(d, request, { problem })
    }
    const transaction = await transactionOf(d, request, id)
    const step = await nextStep(d.server, transaction, session)
    if (step.next !== 'login') return stepResponse(d, transaction, session, context)
    return showLogin(d, request, {
      problem,
      username: transaction.request.loginHint,
      transaction: { id, clientName: step.client.client_name },
      redirectUri: transaction.request.redirectUri,
    })
  }
}

interface Shown {
  readonly problem?: string | undefined
  readonly username?: string | undefined
  readonly transaction?: { readonly id: string; readonly clientName: string }
  readonly redirectUri?: string
}

/** The form answers to the browser's own cookie, not to a session: there is none before login, and login CSRF is an attack too (U-002). */
async function showLogin(d: Dependencies, request: Request, shown: Shown): Promise<Response> {
  const known = d.cookies.read(request.headers, 'browser')
  const browser = known ?? newSecretValue('br')
  const { problem, username, transaction, redirectUri } = shown
  const page = LoginPage({ site: d.site, csrf: csrfToken(browser), transaction, username, problem })
  const response = await pageResponse(page, {
    formAction: redirectUri ? [formActionSource(redirectUri)] : [],
  })
  if (!known) response.headers.append('Set-Cookie', d.cookies.set('browser', browser))
  return response
}
