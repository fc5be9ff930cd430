import { z } from 'zod'
import { responseTypes } from '../authorization/checks/response-type.ts'
import { grantTypes } from '../grants/grants.ts'
import { profiles } from '../profile/security-profile.ts'

const uri = z.string().max(2000)
const uris = z.array(uri).max(20)

/**
 * Client metadata as on the wire: only what is listed here is read, everything else is ignored. Types are exact: no "true" for true.
 * @see RFC 7591 §2 · RFC 9126 §6 · RFC 9449 §5.2 · OpenID Connect RP-Initiated Logout 1.0 §3.1
 */
export const clientMetadata = z.object({
  redirect_uris: uris.default([]),
  post_logout_redirect_uris: uris.default([]),
  token_endpoint_auth_method: z.enum(profiles.baseline.clientAuthentication).optional(),
  grant_types: z.array(z.enum(grantTypes)).max(grantTypes.length).default(['authorization_code']),
  response_types: z.array(z.enum(responseTypes)).max(responseTypes.length).optional(),
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
