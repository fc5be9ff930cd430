import { z } from 'zod'

const uri = z.string().max(2000)
const uris = z.array(uri).max(20)

/**
 * Client metadata as on the wire: only what is listed here is read, everything else is ignored. Types are exact: no "true" for true.
 * @see RFC 7591 §2 · RFC 9126 §6 · RFC 9449 §5.2 · OpenID Connect RP-Initiated Logout 1.0 §3.1
 */
export const clientMetadata = z.object({
  redirect_uris: uris.default([]),
  post_logout_redirect_uris: uris.default([]),
  token_endpoint_auth_method: z
    .enum(['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'])
    .optional(),
  grant_types: z
    .array(z.enum(['authorization_code', 'refresh_token', 'client_credentials']))
    .max(3)
    .default(['authorization_code']),
  response_types: z.array(z.literal('code')).max(1).optional(),
  client_name: z.string().optional(),
  scope: z.string().max(2000).optional(),
  jwks: z.object({ keys: z.array(z.record(z.string(), z.unknown())).min(1).max(20) }).optional(),
  jwks_uri: uri.optional(),
  dpop_bound_access_tokens: z.boolean().default(false),
  require_pushed_authorization_requests: z.boolean().default(false),
  /** Keybound's own. */
  security_profile: z.enum(['baseline', 'fapi2']).optional(),
})

export type ClientMetadata = z.infer<typeof clientMetadata>
