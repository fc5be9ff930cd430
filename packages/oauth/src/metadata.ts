/** Authorization server metadata and OpenID discovery, as on the wire. @see RFC 8414 §2 · RFC 9126 §5 · RFC 9207 §3 · RFC 9449 §5.1 · OpenID Connect Discovery §3 */
export interface AuthorizationServerMetadata {
  issuer: string
  authorization_endpoint?: string
  token_endpoint?: string
  jwks_uri?: string
  pushed_authorization_request_endpoint?: string
  require_pushed_authorization_requests?: boolean
  introspection_endpoint?: string
  introspection_endpoint_auth_methods_supported?: readonly string[]
  introspection_endpoint_auth_signing_alg_values_supported?: readonly string[]
  revocation_endpoint?: string
  revocation_endpoint_auth_methods_supported?: readonly string[]
  revocation_endpoint_auth_signing_alg_values_supported?: readonly string[]
  registration_endpoint?: string
  userinfo_endpoint?: string
  end_session_endpoint?: string
  scopes_supported?: readonly string[]
  response_types_supported: readonly string[]
  response_modes_supported?: readonly string[]
  grant_types_supported?: readonly string[]
  token_endpoint_auth_methods_supported?: readonly string[]
  token_endpoint_auth_signing_alg_values_supported?: readonly string[]
  code_challenge_methods_supported?: readonly string[]
  dpop_signing_alg_values_supported?: readonly string[]
  authorization_response_iss_parameter_supported?: boolean
  request_parameter_supported?: boolean
  request_uri_parameter_supported?: boolean
  protected_resources?: readonly string[]
  service_documentation?: string
  ui_locales_supported?: readonly string[]
  subject_types_supported?: readonly string[]
  id_token_signing_alg_values_supported?: readonly string[]
  claims_supported?: readonly string[]
  claims_parameter_supported?: boolean
  acr_values_supported?: readonly string[]
  prompt_values_supported?: readonly string[]
}

/** Protected resource metadata, as on the wire. @see RFC 9728 §2 */
export interface ProtectedResourceMetadata {
  resource: string
  authorization_servers?: readonly string[]
  jwks_uri?: string
  scopes_supported?: readonly string[]
  bearer_methods_supported?: readonly string[]
  resource_signing_alg_values_supported?: readonly string[]
  resource_name?: string
  resource_documentation?: string
  dpop_signing_alg_values_supported?: readonly string[]
  dpop_bound_access_tokens_required?: boolean
  tls_client_certificate_bound_access_tokens?: boolean
}
