import type { ClientAuthenticationMethod } from '../client/client.ts'
import type { Lifetimes } from '../lifetimes.ts'

/** What a client, or every client of a server, is held to. */
export type SecurityProfile = 'baseline' | 'fapi2'

export interface ProfileRules {
  /** At the token, PAR and revocation endpoints. */
  readonly clientAuthentication: readonly ClientAuthenticationMethod[]
  readonly pushedRequestsOnly: boolean
  readonly senderConstrainedTokensOnly: boolean
  /** Whether a client may have its refresh tokens rotated. */
  readonly rotation: boolean
  /** Plain http redirect URIs, beyond those on a loopback IP address. */
  readonly httpRedirects: boolean
  /** Seconds: the longest life of a code, and how long a request_uri lives where that is prescribed. */
  readonly longestCode: number
  readonly requestUri?: number
}

/**
 * The differences between the profiles, and nothing else: PKCE, `iss`, exact redirect URIs, single use, 303 and the algorithms are the
 * same for everyone.
 * @see FAPI 2.0 Security Profile §5.3.2, §5.4
 */
export const profiles: Readonly<Record<SecurityProfile, ProfileRules>> = {
  baseline: {
    clientAuthentication: ['private_key_jwt', 'client_secret_basic', 'client_secret_post', 'none'],
    pushedRequestsOnly: false,
    senderConstrainedTokensOnly: false,
    rotation: true,
    httpRedirects: true,
    longestCode: 600,
  },
  fapi2: {
    clientAuthentication: ['private_key_jwt'],
    pushedRequestsOnly: true,
    senderConstrainedTokensOnly: true,
    rotation: false,
    httpRedirects: false,
    longestCode: 60,
    requestUri: 300,
  },
}

/** Of resource servers, at the introspection endpoint: no profile of clients speaks of them. */
export const resourceServerAuthentication: readonly ClientAuthenticationMethod[] = [
  'private_key_jwt',
  'client_secret_basic',
  'client_secret_post',
]

/** How long a request_uri lives under these rules, in seconds. */
export function requestUriLifetime(rules: ProfileRules, lifetimes: Lifetimes): number {
  return rules.requestUri ?? lifetimes.requestUri
}
