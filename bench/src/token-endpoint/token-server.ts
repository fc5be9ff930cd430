import type { RequestListener } from 'node:http'

export const GRANTS = ['authorization_code', 'refresh_token', 'client_credentials'] as const
export type GrantType = (typeof GRANTS)[number]

/** Where the token endpoint of every server says that it is: what the proofs are made for. */
export const ISSUER = 'http://as.bench.test'
export const TOKEN_ENDPOINT = `${ISSUER}/token`
export const API = 'https://api.bench.test/profile'

/** The public client of the first two grants, and the confidential one of the third. */
export const PUBLIC_CLIENT = 'public'
export const CONFIDENTIAL_CLIENT = 'confidential'
export const CLIENT_SECRET = 'a-secret-of-the-benchmark-that-nobody-else-uses'
export const REDIRECT_URI = 'http://127.0.0.1/callback'
export const VERIFIER = 'a-verifier-of-the-benchmark-that-is-long-enough-for-pkce'
export const SCOPE = 'profile offline_access'

/** One server under test. */
export interface TokenServer {
  readonly listener: RequestListener
  /** Makes a live code, or a live refresh token bound to the key, for each of the thumbprints, and returns their values in order. */
  issue(grant: GrantType, jkts: readonly string[]): Promise<readonly string[]>
}
