import type { Client } from '../../client/client.ts'
import type { ProfileRules } from '../../profile/security-profile.ts'
import { refused } from '../../refused.ts'
import { isHttpsOrLoopback } from './https-or-loopback.ts'

/**
 * The redirect URI as it was registered, character by character. A native client, public or confidential, registers its loopback address
 * without a port and may then use any.
 * @throws OAuthError invalid_request `redirect_uri.registered`: show a page, never redirect
 * @see RFC 9700 §2.1 · RFC 8252 §7.3
 */
export function checkRedirectUri(
  client: Client,
  { httpRedirects }: Pick<ProfileRules, 'httpRedirects'>,
  redirectUri: string | undefined,
): string {
  if (redirectUri === undefined) throw refused('redirect_uri.registered')
  if (!httpRedirects && !isHttpsOrLoopback(redirectUri)) throw refused('redirect_uri.registered')
  if (client.redirect_uris.includes(redirectUri)) return redirectUri
  const withoutPort = withoutLoopbackPort(redirectUri)
  if (withoutPort !== undefined && client.redirect_uris.includes(withoutPort)) return redirectUri
  throw refused('redirect_uri.registered')
}

/** IP literals only: the name localhost may resolve to something else. */
const loopback = /^(http:\/\/(?:127\.0\.0\.1|\[::1\])):([1-9][0-9]{0,4})(\/.*)$/

function withoutLoopbackPort(uri: string): string | undefined {
  const [, origin, port, path] = loopback.exec(uri) ?? []
  if (origin === undefined || path === undefined || Number(port) > 65_535) return undefined
  return origin + path
}
