import { OAuthError, parseAuthorization } from '@keybound/oauth'
import type { ReceivedRequest } from './protect-resource.ts'

export type Scheme = 'dpop' | 'bearer'

/**
 * The access token and the scheme under which it came.
 *
 * Throws OAuthError: `credentials.present` where there is none (another scheme says nothing about an access token),
 * invalid_token `scheme.match` for Bearer where this resource takes DPoP alone, invalid_request `scheme.match` for a token in the query.
 * Does not check: the token. A form body is never read for one.
 * @see RFC 9449 §7.1, §7.2 · RFC 6750 §2
 */
export function readCredentials(
  request: Pick<ReceivedRequest, 'url' | 'headers'>,
  accepted: readonly ('DPoP' | 'Bearer')[],
): { scheme: Scheme; token: string } {
  if (/[?&]access_token=/.test(request.url)) {
    throw new OAuthError(
      'invalid_request',
      'scheme.match',
      'An access token belongs in the Authorization header.',
    )
  }
  const found = parseAuthorization(request.headers)
  if (found?.scheme !== 'dpop' && found?.scheme !== 'bearer') {
    throw new OAuthError('invalid_token', 'credentials.present', 'The request carries no access token.')
  }
  // A bound token stolen and sent as Bearer ends here; where Bearer is taken too, checkBinding ends it.
  if (found.scheme === 'bearer' && !accepted.includes('Bearer')) {
    throw new OAuthError(
      'invalid_token',
      'scheme.match',
      'This resource takes no token under the Bearer scheme.',
    )
  }
  return { scheme: found.scheme, token: found.credentials }
}
