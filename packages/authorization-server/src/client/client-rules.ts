import type { Rule } from '../rule.ts'

/** How a client authenticates itself, and who is none. */
export const clientRules = {
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
    says: 'A client assertion is accepted once; make a new one for every request.',
  },
} as const satisfies Readonly<Record<string, Rule>>
