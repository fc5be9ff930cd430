import type { OAuthErrorCode } from '@keybound/oauth'

/** A rule of the authorization server that RFC 9449's table of checks does not have. */
export interface Rule {
  readonly clause: string
  readonly code: OAuthErrorCode
  /** Follows `<id>: ` in error_description. */
  readonly says: string
}

/** The id of a rule is the reason of the OAuthError that it throws. One style with checks.md: what it is about, dot, what must hold. */
export const RULES = {
  // client authentication
  'client.single': {
    clause: 'RFC 6749 §2.3',
    code: 'invalid_request',
    says: 'A client uses one authentication method in a request, never two.',
  },
  'client.auth': {
    clause: 'RFC 6749 §5.2',
    code: 'invalid_client',
    says: 'No client has this id, this authentication method and these credentials.',
  },
  'client.profile': {
    clause: 'FAPI 2.0 §5.3.2.1',
    code: 'invalid_client',
    says: 'Only confidential clients that authenticate with private_key_jwt are served.',
  },
  'assertion.type': {
    clause: 'RFC 7523 §2.2',
    code: 'invalid_client',
    says: 'client_assertion needs the client_assertion_type urn:ietf:params:oauth:client-assertion-type:jwt-bearer.',
  },
  'assertion.wellformed': {
    clause: 'RFC 7523 §3',
    code: 'invalid_client',
    says: 'The client assertion is not one compact signed JWT.',
  },
  'assertion.typ': {
    clause: 'RFC 8725 §3.11',
    code: 'invalid_client',
    says: 'The typ of a client assertion is absent, JWT or client-authentication+jwt.',
  },
  'assertion.alg': {
    clause: 'FAPI 2.0 §5.4',
    code: 'invalid_client',
    says: 'A client assertion is signed with ES256, PS256 or EdDSA.',
  },
  'assertion.subject': {
    clause: 'RFC 7523 §3 (1, 2)',
    code: 'invalid_client',
    says: 'iss and sub of a client assertion are both the client_id.',
  },
  'assertion.audience': {
    clause: 'FAPI 2.0 §5.3.2.1',
    code: 'invalid_client',
    says: 'aud of a client assertion is the issuer, as one string.',
  },
  'assertion.time': {
    clause: 'RFC 7523 §3 (4, 5, 6)',
    code: 'invalid_client',
    says: 'A client assertion has an exp at most 300 s ahead and not passed; iat and nbf are at most 10 s ahead.',
  },
  'assertion.jti': {
    clause: 'RFC 7523 §3 (7)',
    code: 'invalid_client',
    says: 'A client assertion has a jti of 1 to 128 characters.',
  },
  'assertion.unused': {
    clause: 'RFC 7523 §3 (7)',
    code: 'invalid_client',
    says: 'A client assertion is accepted once.',
  },

  // token request
  'grant_type.present': {
    clause: 'RFC 6749 §4.1.3',
    code: 'invalid_request',
    says: 'A token request has a grant_type.',
  },
  'grant_type.known': {
    clause: 'RFC 6749 §5.2',
    code: 'unsupported_grant_type',
    says: 'This server does not offer that grant_type.',
  },
  'grant_type.allowed': {
    clause: 'RFC 6749 §5.2',
    code: 'unauthorized_client',
    says: 'The client is not registered for this grant_type.',
  },
  'code.present': { clause: 'RFC 6749 §4.1.3', code: 'invalid_request', says: 'The request has no code.' },
  'code.live': {
    clause: 'RFC 6749 §4.1.2',
    code: 'invalid_grant',
    says: 'The code is unknown, expired or already used.',
  },
  'code.client': {
    clause: 'RFC 6749 §4.1.3',
    code: 'invalid_grant',
    says: 'The code was issued to another client.',
  },
  'redirect_uri.match': {
    clause: 'RFC 6749 §4.1.3',
    code: 'invalid_grant',
    says: 'redirect_uri is not the one of the authorization request.',
  },
  'pkce.match': {
    clause: 'RFC 7636 §4.6',
    code: 'invalid_grant',
    says: 'code_verifier is missing, malformed or not the one behind the code_challenge.',
  },
  'refresh.present': {
    clause: 'RFC 6749 §6',
    code: 'invalid_request',
    says: 'The request has no refresh_token.',
  },
  'refresh.live': {
    clause: 'RFC 6749 §6',
    code: 'invalid_grant',
    says: 'The refresh token is unknown, expired, revoked or replaced.',
  },
  'refresh.client': {
    clause: 'RFC 6749 §6',
    code: 'invalid_grant',
    says: 'The refresh token was issued to another client.',
  },
  'refresh.reused': {
    clause: 'RFC 9700 §4.14.2',
    code: 'invalid_grant',
    says: 'The refresh token was used before, so its whole family has ended.',
  },
  'scope.granted': {
    clause: 'RFC 6749 §6',
    code: 'invalid_scope',
    says: 'More scope is asked for than was granted.',
  },
  'resource.granted': {
    clause: 'RFC 8707 §2.2',
    code: 'invalid_target',
    says: 'A resource is asked for that was not granted.',
  },

  // authorization request
  'client.known': {
    clause: 'RFC 6749 §4.1.2.1',
    code: 'invalid_request',
    says: 'No client has this client_id.',
  },
  'redirect_uri.registered': {
    clause: 'RFC 9700 §2.1',
    code: 'invalid_request',
    says: 'redirect_uri is missing or not registered for this client.',
  },
  'parameter.single': {
    clause: 'RFC 6749 §3.1',
    code: 'invalid_request',
    says: 'A parameter is sent at most once.',
  },
  'response_type.present': {
    clause: 'RFC 6749 §3.1.1',
    code: 'invalid_request',
    says: 'The request has no response_type.',
  },
  'response_type.code': {
    clause: 'RFC 6749 §3.1.1',
    code: 'unsupported_response_type',
    says: 'The only response_type is code.',
  },
  'response_mode.known': {
    clause: 'OAuth 2.0 Multiple Response Types §2.1',
    code: 'invalid_request',
    says: 'response_mode is query or form_post.',
  },
  'pkce.required': {
    clause: 'RFC 7636 §4.4.1',
    code: 'invalid_request',
    says: 'A code_challenge of 43 base64url characters is needed, with code_challenge_method S256.',
  },
  'dpop_jkt.shape': {
    clause: 'RFC 9449 §10',
    code: 'invalid_request',
    says: 'dpop_jkt is a SHA-256 thumbprint of 43 base64url characters.',
  },
  'scope.allowed': {
    clause: 'RFC 6749 §3.3',
    code: 'invalid_scope',
    says: 'scope is missing, unknown, or more than the client is registered for.',
  },
  'resource.known': {
    clause: 'RFC 8707 §2',
    code: 'invalid_target',
    says: 'This server issues no tokens for that resource.',
  },
  'prompt.valid': {
    clause: 'OpenID Connect Core §3.1.2.1',
    code: 'invalid_request',
    says: 'prompt has an unknown value, or none together with another.',
  },
  'max_age.valid': {
    clause: 'OpenID Connect Core §3.1.2.1',
    code: 'invalid_request',
    says: 'max_age is a whole number of seconds.',
  },
  'claims.valid': {
    clause: 'OpenID Connect Core §5.5',
    code: 'invalid_request',
    says: 'claims is a JSON object of at most 4096 characters, with the members id_token and userinfo.',
  },
  'acr.available': {
    clause: 'OpenID Connect Core §5.5.1.1',
    code: 'access_denied',
    says: 'None of the essential acr values is one that this server can give.',
  },
  'user.contradiction': {
    clause: 'OpenID Connect Core §5.5.1',
    code: 'invalid_request',
    says: 'id_token_hint and claims name different users.',
  },
  'id_token_hint.valid': {
    clause: 'OpenID Connect Core §3.1.2.1',
    code: 'invalid_request',
    says: 'id_token_hint is not a live ID token of this server.',
  },
  'request.unsupported': {
    clause: 'RFC 9101 §7',
    code: 'request_not_supported',
    says: 'Request objects are not supported.',
  },

  // pushed requests
  'par.required': {
    clause: 'RFC 9126 §4',
    code: 'invalid_request',
    says: 'The request has to be pushed first.',
  },
  'par.nested': {
    clause: 'RFC 9126 §2.1',
    code: 'invalid_request',
    says: 'A pushed request has no request_uri.',
  },
  'request.rate': {
    clause: 'RFC 9126 §2.3',
    code: 'temporarily_unavailable',
    says: 'Too many pushed requests of this client are waiting.',
  },
  'request_uri.known': {
    clause: 'RFC 9126 §4',
    code: 'invalid_request_uri',
    says: 'This server issued no such request_uri to this client.',
  },
  'request_uri.live': {
    clause: 'RFC 9126 §4',
    code: 'invalid_request_uri',
    says: 'The request_uri has expired.',
  },
  'request_uri.unspent': {
    clause: 'RFC 9126 §4',
    code: 'invalid_request_uri',
    says: 'The request_uri was used before.',
  },

  // between /authorize and the code
  'login.required': {
    clause: 'OpenID Connect Core §3.1.2.6',
    code: 'login_required',
    says: 'The user has to sign in.',
  },
  'consent.required': {
    clause: 'OpenID Connect Core §3.1.2.6',
    code: 'consent_required',
    says: 'The user has to be asked.',
  },
  'user.expected': {
    clause: 'OpenID Connect Core §3.1.2.2',
    code: 'login_required',
    says: 'Another user is signed in than id_token_hint names.',
  },
  'user.agreed': { clause: 'RFC 6749 §4.1.2.1', code: 'access_denied', says: 'The user said no.' },
  'transaction.live': {
    clause: 'RFC 6749 §4.1.1',
    code: 'invalid_request',
    says: 'This sign-in is finished or has expired; start again at the app.',
  },
  'transaction.browser': {
    clause: 'RFC 9700 §4.7',
    code: 'invalid_request',
    says: 'This sign-in was begun in another browser.',
  },
  'transaction.user': {
    clause: 'RFC 6749 §10.12',
    code: 'invalid_request',
    says: 'Another user was asked than is signed in now.',
  },
  'transaction.step': {
    clause: 'OpenID Connect Core §3.1.2.3',
    code: 'invalid_request',
    says: 'The user has to sign in before agreeing.',
  },

  // registration
  'registration.token': {
    clause: 'RFC 7591 §3.1',
    code: 'invalid_token',
    says: 'Registering needs the initial access token of this server, as Bearer.',
  },
  'registration.owner': {
    clause: 'RFC 7592 §2',
    code: 'invalid_token',
    says: 'There is no such client, or this is not its registration access token.',
  },
  'registration.rate': {
    clause: 'RFC 7591 §5',
    code: 'temporarily_unavailable',
    says: 'Too many clients have registered within an hour.',
  },
  'redirect_uris.valid': {
    clause: 'RFC 7591 §5',
    code: 'invalid_redirect_uri',
    says: 'A redirect URI is https, or http on the loopback address, and written plainly: no fragment, user or wildcard.',
  },
  'redirect_uris.present': {
    clause: 'RFC 7591 §2',
    code: 'invalid_redirect_uri',
    says: 'A client of the authorization code grant has at least one redirect URI.',
  },
  'client_metadata.form': {
    clause: 'RFC 7591 §3.1',
    code: 'invalid_client_metadata',
    says: 'Client metadata is one JSON object, sent as application/json.',
  },
  'client_metadata.valid': {
    clause: 'RFC 7591 §2',
    code: 'invalid_client_metadata',
    says: 'A member of the client metadata has the wrong type, or a value that this server does not support.',
  },
  'client_metadata.agrees': {
    clause: 'RFC 7591 §2.1',
    code: 'invalid_client_metadata',
    says: 'Members of the client metadata contradict each other.',
  },
  'client_metadata.keys': {
    clause: 'RFC 7591 §2',
    code: 'invalid_client_metadata',
    says: 'jwks holds up to 20 public keys of the algorithms of this server, each kid once, and never beside jwks_uri.',
  },
  'client_metadata.scope': {
    clause: 'RFC 7591 §2',
    code: 'invalid_client_metadata',
    says: 'scope names something that this server does not know.',
  },
  'client_metadata.client': {
    clause: 'RFC 7592 §2.2',
    code: 'invalid_client_metadata',
    says: 'An update names its own client_id, and no other client_secret than the current one.',
  },

  // introspection and revocation
  'token.present': { clause: 'RFC 7662 §2.1', code: 'invalid_request', says: 'The request has no token.' },
} as const satisfies Readonly<Record<string, Rule>>

export type RuleId = keyof typeof RULES
