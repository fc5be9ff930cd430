import type { Web } from '../dependencies.ts'
import type { WebSession } from '../session/web-sessions.ts'
import { endpoint } from './provider.ts'
import { backChannel } from './provider-fetch.ts'

/**
 * Ends a session: its row with key and tokens is gone, and the grant behind it is revoked at the authorization server. Gives what
 * the session was, to the one caller that ended it. That the authorization server does not answer keeps nobody signed in here.
 */
export async function endSession(web: Web, id: string): Promise<WebSession | undefined> {
  const session = await web.sessions.find(id)
  if (!(await web.sessions.end(id)) || session === undefined) return undefined
  web.log.info({ event: 'session-end', jkt: session.signer.jkt }, 'session ended')
  try {
    await revoke(web, session)
  } catch (fault) {
    web.log.warn({ err: fault }, 'the tokens of an ended session could not be revoked')
  }
  return session
}

/** @see RFC 7009 §2.1: with the refresh token go the access tokens of its grant. */
async function revoke(web: Web, session: WebSession): Promise<void> {
  const { refreshToken, accessToken } = session.tokens
  const form = new URLSearchParams({
    token: refreshToken ?? accessToken,
    token_type_hint: refreshToken === undefined ? 'access_token' : 'refresh_token',
  })
  const url = endpoint(await web.provider.metadata(), 'revocation_endpoint')
  const response = await backChannel(web, session.signer)(new Request(url, { method: 'POST', body: form }))
  if (!response.ok) throw new Error(`revocation answered ${response.status}`)
}
