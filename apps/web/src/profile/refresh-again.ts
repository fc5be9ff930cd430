import type { Web } from '../dependencies.ts'
import type { WebSession } from '../session/web-sessions.ts'
import { sessionWithToken } from './profile-client.ts'

/**
 * Refreshes although the token still lives, unless that was done since `seen`, the refresh count that the caller knows: however many
 * ask with one count, and in whatever order, one refresh is made. Undefined where the session is over.
 */
export async function refreshAgain(
  web: Web,
  sessionId: string,
  seen: number,
): Promise<WebSession | undefined> {
  const session = await web.sessions.find(sessionId)
  if (session === undefined || session.refreshCount !== seen) return session
  return sessionWithToken(web, sessionId, session.tokens.accessToken)
}
