import type { JWK } from 'jose'
import type { SecurityProfile } from '../profile/security-profile.ts'

export type ClientAuthenticationMethod =
  | 'none'
  | 'client_secret_basic'
  | 'client_secret_post'
  | 'private_key_jwt'
export type GrantType = 'authorization_code' | 'refresh_token' | 'client_credentials'

/**
 * A registered client. Members that mirror RFC 7591 client metadata keep their wire names.
 * @see RFC 7591 §2 · RFC 9449 §5.2 · RFC 9126 §6
 */
export interface Client {
  readonly client_id: string
  readonly client_name: string
  readonly token_endpoint_auth_method: ClientAuthenticationMethod
  readonly grant_types: readonly GrantType[]
  readonly redirect_uris: readonly string[]
  readonly post_logout_redirect_uris: readonly string[]
  /** Space-separated: the most this client can ever be granted. */
  readonly scope: string
  /** Public keys of a private_key_jwt client. */
  readonly jwks?: { readonly keys: readonly JWK[] }
  /** Where they are instead, an https URL. Never both. */
  readonly jwks_uri?: string
  /** base64url SHA-256 of the secret, for client_secret_*. The secret itself is never stored. */
  readonly client_secret_hash?: string
  readonly dpop_bound_access_tokens: boolean
  readonly require_pushed_authorization_requests: boolean
  /** Refresh tokens of a confidential client are rotated only where this is set; those of a public client always. */
  readonly rotate_refresh_tokens: boolean
  /** What its access tokens are: JWTs where absent, or opaque, and then only introspection tells what they say. */
  readonly access_token_format?: 'jwt' | 'opaque'
  /** What it is held to where the server itself is not held to it already; baseline where absent. */
  readonly security_profile?: SecurityProfile
  /** May call the introspection endpoint for tokens whose audience is one of these resource identifiers. */
  readonly introspects: readonly string[]
  /** base64url SHA-256 of the registration access token of a client that registered itself (RFC 7592). */
  readonly registration_access_token_hash?: string
  /** When it registered itself; a NumericDate. */
  readonly client_id_issued_at?: number
}

/** Reads only; `undefined` where there is no such client. Throws OAuthError temporarily_unavailable when the store cannot answer. */
export interface Clients {
  find(clientId: string): Promise<Client | undefined>
}

/** A client without credentials of its own, so its refresh tokens are bound to its key. */
export function isPublicClient(client: Client): boolean {
  return client.token_endpoint_auth_method === 'none'
}
