import { parseScope } from '@keybound/oauth'
import type { Web } from '../dependencies.ts'
import type { RefreshTokens } from '../session/live-session.ts'
import { endpoint } from './provider.ts'
import { backChannel } from './provider-fetch.ts'

interface TokenAnswer {
  readonly access_token?: unknown
  readonly token_type?: unknown
  readonly expires_in?: unknown
  readonly refresh_token?: unknown
  readonly id_token?: unknown
  readonly scope?: unknown
}

/**
 * One refresh request, with a proof by the session's key. Undefined where the authorization server says invalid_grant: the session
 * is over. A bearer token in the answer is not used.
 * Throws an Error for every other answer, and TypeError where there is none: then the session lives on and may try again.
 * @see RFC 6749 §6 · RFC 9449 §5
 */
export function refreshTokens(web: Web): RefreshTokens {
  return async (session) => {
    const url = endpoint(await web.provider.metadata(), 'token_endpoint')
    const form = new URLSearchParams({
      grant_type: 'refresh_token',
      refresh_token: session.tokens.refreshToken ?? '',
    })
    const response = await backChannel(web, session.signer)(new Request(url, { method: 'POST', body: form }))
    const answer = (await response.json().catch(() => ({}))) as TokenAnswer & { error?: unknown }
    if (answer.error === 'invalid_grant') {
      web.log.warn(
        { event: 'refresh', jkt: session.signer.jkt },
        'the authorization server gives no more tokens',
      )
      return undefined
    }
    if (!response.ok || typeof answer.access_token !== 'string')
      throw new Error(`the token endpoint answered ${response.status}`)
    if (String(answer.token_type).toLowerCase() !== 'dpop')
      throw new Error('the refreshed token is not bound')
    web.log.info({ event: 'refresh', jkt: session.signer.jkt }, 'refreshed')
    const { refreshToken, idToken } = session.tokens
    const nextRefreshToken = typeof answer.refresh_token === 'string' ? answer.refresh_token : refreshToken
    const nextIdToken = typeof answer.id_token === 'string' ? answer.id_token : idToken
    return {
      accessToken: answer.access_token,
      ...(nextRefreshToken === undefined ? {} : { refreshToken: nextRefreshToken }),
      ...(nextIdToken === undefined ? {} : { idToken: nextIdToken }),
      scope: typeof answer.scope === 'string' ? parseScope(answer.scope) : session.tokens.scope,
      expiresAt: web.clock() + Number(answer.expires_in ?? 0),
    }
  }
}
