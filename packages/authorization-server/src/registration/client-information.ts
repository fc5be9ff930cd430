import { jsonResponse } from '@keybound/oauth'
import { responseTypes } from '../authorization/checks/response-type.ts'
import type { AuthorizationServer } from '../authorization-server.ts'
import type { Client } from '../client/client.ts'

/** Shown once each: the stores have their hashes. */
export interface RegistrationSecrets {
  readonly registrationAccessToken: string
  readonly clientSecret?: string
}

/**
 * The client information response: everything that is registered, what the server put in the place of something else included.
 * @see RFC 7591 §3.2.1 · RFC 7592 §3
 */
export async function clientInformationResponse(
  server: AuthorizationServer,
  client: Client,
  { registrationAccessToken, clientSecret }: RegistrationSecrets,
  status: 200 | 201,
): Promise<Response> {
  const { alg } = await server.signingKeys.active('id token')
  const body = {
    client_id: client.client_id,
    client_id_issued_at: Math.floor(client.client_id_issued_at ?? 0),
    ...(clientSecret !== undefined && { client_secret: clientSecret, client_secret_expires_at: 0 }),
    registration_access_token: registrationAccessToken,
    registration_client_uri: `${server.endpoints.registration}/${client.client_id}`,

    client_name: client.client_name,
    redirect_uris: client.redirect_uris,
    post_logout_redirect_uris: client.post_logout_redirect_uris,
    token_endpoint_auth_method: client.token_endpoint_auth_method,
    grant_types: client.grant_types,
    response_types: client.grant_types.includes('authorization_code') ? responseTypes : [],
    scope: client.scope,
    jwks: client.jwks,
    jwks_uri: client.jwks_uri,
    id_token_signed_response_alg: alg,
    dpop_bound_access_tokens: client.dpop_bound_access_tokens,
    require_pushed_authorization_requests: client.require_pushed_authorization_requests,
    security_profile: client.security_profile,
  }
  return jsonResponse(body, { status })
}
