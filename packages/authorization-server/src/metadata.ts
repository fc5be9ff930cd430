import type { AuthorizationServerMetadata } from '@keybound/oauth'
import { codeChallengeMethods } from './authorization/checks/code-challenge.ts'
import { promptValues } from './authorization/checks/prompt.ts'
import { responseModes } from './authorization/checks/response-mode.ts'
import { responseTypes } from './authorization/checks/response-type.ts'
import type { AuthorizationServer } from './authorization-server.ts'
import { assertionAlgs } from './client/client-assertion.ts'
import { grantTypes } from './grants/grants.ts'
import { profiles, resourceServerAuthentication } from './profile/security-profile.ts'
import { acrValues } from './token/authentication-context.ts'
import { knownScopes } from './token/known-scopes.ts'
import { claimNames } from './token/userinfo-claims.ts'

/**
 * What this server enforces, taken from where it is enforced. Both well-known addresses have it: whoever reads one of them knows all.
 * @see RFC 8414 §2 · RFC 9126 §5 · RFC 9207 §3 · RFC 9449 §5.1 · RFC 9728 §4 · OpenID Connect Discovery 1.0 §3
 */
export function authorizationServerMetadata(server: AuthorizationServer): AuthorizationServerMetadata {
  const { endpoints } = server
  const rules = profiles[server.securityProfile]
  return {
    issuer: server.issuer,
    authorization_endpoint: endpoints.authorization,
    token_endpoint: endpoints.token,
    pushed_authorization_request_endpoint: endpoints.pushedAuthorizationRequest,
    introspection_endpoint: endpoints.introspection,
    revocation_endpoint: endpoints.revocation,
    userinfo_endpoint: endpoints.userinfo,
    end_session_endpoint: endpoints.endSession,
    jwks_uri: endpoints.jwks,
    ...(server.initialAccessToken !== undefined && { registration_endpoint: endpoints.registration }),

    scopes_supported: knownScopes(server),
    response_types_supported: responseTypes,
    response_modes_supported: responseModes,
    grant_types_supported: grantTypes,
    code_challenge_methods_supported: codeChallengeMethods,
    prompt_values_supported: promptValues,
    ui_locales_supported: ['en'],
    authorization_response_iss_parameter_supported: true,
    require_pushed_authorization_requests:
      server.requirePushedAuthorizationRequests || rules.pushedRequestsOnly,
    request_parameter_supported: false,
    request_uri_parameter_supported: false,

    token_endpoint_auth_methods_supported: rules.clientAuthentication,
    token_endpoint_auth_signing_alg_values_supported: assertionAlgs,
    introspection_endpoint_auth_methods_supported: resourceServerAuthentication,
    introspection_endpoint_auth_signing_alg_values_supported: assertionAlgs,
    revocation_endpoint_auth_methods_supported: rules.clientAuthentication,
    revocation_endpoint_auth_signing_alg_values_supported: assertionAlgs,
    dpop_signing_alg_values_supported: server.proofPolicy.algs,
    protected_resources: server.resources.map(({ identifier }) => identifier),

    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: server.idTokenAlgs,
    acr_values_supported: acrValues,
    claims_parameter_supported: true,
    claims_supported: claimNames,
  }
}
