import { clientMetadata } from '@keybound/authorization-server'
import { z } from 'zod'

const seconds = z.number()
const url = z.url()
const jkt = z.string().regex(/^[\w-]{43}$/)
const algs = z.array(z.string()).min(1)

/** RFC 6749 §5.2. */
export const errorAnswer = z.strictObject({
  error: z.string().meta({ examples: ['invalid_dpop_proof', 'use_dpop_nonce', 'invalid_grant'] }),
  error_description: z.string().optional().meta({ description: '`<check id>: <sentence>`' }),
  error_uri: url.optional(),
})

/** Without credentials a challenge has no error code (RFC 6750 §3.1). */
export const challengeAnswer = z.union([errorAnswer, z.strictObject({ message: z.string() })])

/** How a client authenticates within a form (RFC 6749 §2.3, RFC 7523 §2.2). */
const clientAuthentication = z.object({
  client_id: z.string().optional(),
  client_secret: z.string().optional(),
  client_assertion_type: z.literal('urn:ietf:params:oauth:client-assertion-type:jwt-bearer').optional(),
  client_assertion: z.jwt().optional(),
})

export const tokenForm = clientAuthentication.extend({
  grant_type: z.enum(['authorization_code', 'refresh_token', 'client_credentials']),
  code: z.string().optional(),
  redirect_uri: url.optional(),
  code_verifier: z.string().min(43).max(128).optional(),
  refresh_token: z.string().optional(),
  scope: z.string().optional(),
  resource: url.optional(),
})

export const tokenAnswer = z.strictObject({
  access_token: z.string(),
  token_type: z.enum(['DPoP', 'Bearer']),
  expires_in: seconds,
  scope: z.string().optional(),
  refresh_token: z.string().optional(),
  id_token: z.jwt().optional(),
})

export const authorizationParameters = z.object({
  client_id: z.string(),
  response_type: z.literal('code').optional(),
  redirect_uri: url.optional(),
  scope: z.string().optional(),
  state: z.string().optional(),
  nonce: z.string().optional(),
  code_challenge: z.string().optional(),
  code_challenge_method: z.literal('S256').optional(),
  dpop_jkt: jkt.optional(),
  response_mode: z.enum(['query', 'form_post']).optional(),
  prompt: z.string().optional(),
  max_age: z.string().optional(),
  login_hint: z.string().optional(),
  id_token_hint: z.string().optional(),
  ui_locales: z.string().optional(),
  acr_values: z.string().optional(),
  claims: z.string().optional(),
  resource: url.optional(),
})

export const authorizationQuery = authorizationParameters.extend({
  request_uri: z
    .string()
    .optional()
    .meta({ description: 'From /par; then every other parameter but client_id is ignored.' }),
})

export const pushForm = authorizationParameters.extend(clientAuthentication.shape)

export const pushAnswer = z.strictObject({ request_uri: z.string().startsWith('urn:'), expires_in: seconds })

export const tokenToLookAt = clientAuthentication.extend({
  token: z.string(),
  token_type_hint: z.string().optional(),
})

/** A resource that saw a proof used twice says so; what follows is the server's to decide. */
export const introspectionForm = tokenToLookAt.extend({ replay_seen: z.literal('true').optional() })

export const introspectionAnswer = z.union([
  z.strictObject({ active: z.literal(false) }),
  z.strictObject({
    active: z.literal(true),
    scope: z.string().optional(),
    client_id: z.string(),
    sub: z.string(),
    aud: z.union([z.string(), z.array(z.string())]).optional(),
    iss: url,
    exp: seconds,
    iat: seconds.optional(),
    nbf: seconds.optional(),
    jti: z.string().optional(),
    token_type: z.string().optional(),
    username: z.string().optional(),
    auth_time: seconds.optional(),
    acr: z.string().optional(),
    cnf: z.strictObject({ jkt }).optional(),
  }),
])

export const userinfoAnswer = z.strictObject({
  sub: z.string(),
  name: z.string().optional(),
  email: z.string().optional(),
  email_verified: z.boolean().optional(),
  locale: z.string().optional(),
  updated_at: seconds.optional(),
})

export const keySet = z.strictObject({
  keys: z.array(
    z.strictObject({
      kty: z.enum(['EC', 'RSA', 'OKP']),
      kid: z.string(),
      use: z.literal('sig'),
      alg: z.string(),
      ...{ crv: z.string().optional(), x: z.string().optional(), y: z.string().optional() },
      ...{ n: z.string().optional(), e: z.string().optional() },
    }),
  ),
})

/** RFC 8414; OpenID Connect Discovery adds members of its own. */
export const serverMetadata = z.looseObject({
  issuer: url,
  authorization_endpoint: url,
  token_endpoint: url,
  jwks_uri: url,
  pushed_authorization_request_endpoint: url,
  introspection_endpoint: url,
  revocation_endpoint: url,
  response_types_supported: z.array(z.literal('code')),
  grant_types_supported: z.array(z.string()),
  code_challenge_methods_supported: z.array(z.literal('S256')),
  dpop_signing_alg_values_supported: algs,
  authorization_response_iss_parameter_supported: z.literal(true),
})

export const clientInformation = z.looseObject({
  ...clientMetadata.partial().shape,
  client_id: z.string(),
  client_secret: z.string().optional(),
  client_secret_expires_at: seconds.optional(),
  registration_access_token: z.string().optional(),
  registration_client_uri: url.optional(),
})

export { clientMetadata }
