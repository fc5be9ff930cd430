import { type AuthorizationTransaction, deny, recordLogin } from '@keybound/authorization-server'
import { readPageForm } from '../browser/read-page-form.ts'
import type { Dependencies } from '../dependencies.ts'
import { checkPassword } from '../login/check-password.ts'
import type { User } from '../login/users.ts'
import { PageRefusal } from '../pages/page-refusal.ts'
import type { Endpoint, RequestContext } from '../routing/route.ts'
import { seeOther } from '../routing/see-other.ts'
import { answered, stepResponse } from './step-response.ts'
import { transactionOf } from './transaction-of.ts'

/** POST /login: the password, or Cancel. */
export function login(d: Dependencies): Endpoint {
  return async (request, context) => {
    context.note({ event: 'login' })
    const form = await readPageForm(request, d.site, d.cookies.read(request.headers, 'browser'))
    const id = form.get('transaction')
    const transaction = id ? await transactionOf(d, request, id) : undefined
    if (transaction && form.get('decision') === 'cancel') {
      return answered(await deny(d.server, transaction), context)
    }
    const username = form.get('username')
    const password = form.get('password')
    if (!username || !password) return tryAgain(d, id, 'missing')
    const user = await signIn(d, username, password, context)
    if (!user) return tryAgain(d, id, 'credentials')
    return openSession(d, request, user, transaction, context)
  }
}

/** Throws PageRefusal 429 where the account or the source has to wait. */
async function signIn(
  d: Dependencies,
  username: string,
  password: string,
  context: RequestContext,
): Promise<User | undefined> {
  const account = username.normalize('NFC').slice(0, 128)
  const wait = await d.loginBackoff.admit(account, context.source, d.clock())
  if (wait > 0) {
    const seconds = wait === 1 ? 'a second' : `${wait} seconds`
    const sentence = `There were too many wrong passwords. Wait ${seconds}, then go back to the form.`
    throw new PageRefusal(429, 'login.backoff', sentence, wait)
  }
  const user = await checkPassword(d.users, username, password)
  if (user) await d.loginBackoff.succeeded(account, context.source)
  context.note(
    user ? { outcome: 'accepted', sub: user.subject } : { outcome: 'rejected', check: 'login.password' },
  )
  return user
}

/** To the form again by GET, so that reloading it never sends a password twice. */
function tryAgain(d: Dependencies, transaction: string | undefined, problem: string): Response {
  const query = new URLSearchParams({ ...(transaction ? { transaction } : {}), problem })
  return seeOther(`${d.site.base}/login?${query}`)
}

async function openSession(
  d: Dependencies,
  request: Request,
  user: User,
  transaction: AuthorizationTransaction | undefined,
  context: RequestContext,
): Promise<Response> {
  const { cookie, session } = await d.sessions.start(user.subject, d.cookies.read(request.headers, 'session'))
  const response = transaction
    ? await stepResponse(d, await recordLogin(d.server, transaction, session), session, context)
    : seeOther(`${d.site.base}/account`)
  response.headers.append('Set-Cookie', d.cookies.set('session', cookie))
  return response
}
