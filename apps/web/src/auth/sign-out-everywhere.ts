import type { Web } from '../dependencies.ts'
import type { WebSession } from '../session/web-sessions.ts'
import { backChannel } from './provider-fetch.ts'
import { SignInFailure } from './sign-in-failure.ts'

/**
 * Signs the user out in every browser: first at the authorization server, with whatever was granted to this site, then here.
 * Throws an Error where the authorization server did not do it; then nothing has ended here either, so that nobody believes it.
 */
export async function signOutEverywhere(web: Web, session: WebSession): Promise<void> {
  const { end_session_endpoint: endSession } = await web.provider.metadata()
  if (endSession === undefined || session.tokens.idToken === undefined)
    throw new SignInFailure('issuer.offers')
  const body = new URLSearchParams({ id_token_hint: session.tokens.idToken })
  const request = new Request(`${endSession}/everywhere`, { method: 'POST', body })
  const response = await backChannel(web, session.signer)(request)
  if (!response.ok) throw new Error(`sign-out everywhere answered ${response.status}`)
  const ended = await web.rows.removeOf(session.subject)
  web.log.info({ event: 'sign-out-everywhere', sessions: ended }, 'signed out everywhere')
}
