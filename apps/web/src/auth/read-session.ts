import type { Web } from '../dependencies.ts'
import { authFor } from './auth-config.ts'
import { sessionPath } from './auth-paths.ts'
import { authRequest } from './auth-request.ts'
import { cookieNames } from './cookies.ts'

export interface CurrentSession {
  readonly sessionId: string
  readonly subject: string
  readonly name: string
}

/** Who sent this request, by Auth.js and the session's row: without the row there is no session. */
export async function readSession(
  web: Web,
  request: { headers: Headers },
): Promise<CurrentSession | undefined> {
  if (!request.headers.get('cookie')?.includes(cookieNames(web.env.webUrl).session)) return undefined
  const { handlers } = authFor(web, { withSessionId: true, onFault: () => {} })
  const headers = new Headers({ cookie: request.headers.get('cookie') ?? '' })
  const response = await handlers.GET(authRequest(web.env, { headers }, sessionPath))
  if (!response.ok) return undefined
  const session = (await response.json()) as {
    sessionId?: string
    user?: { id: string; name: string | null }
  } | null
  if (session?.sessionId === undefined || session.user === undefined) return undefined
  return { sessionId: session.sessionId, subject: session.user.id, name: session.user.name ?? '' }
}
