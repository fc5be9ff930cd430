/** The public URL of each endpoint: what metadata names, and what the `htu` of a proof is held against. */
export interface Endpoints {
  readonly authorization: string
  readonly pushedAuthorizationRequest: string
  readonly token: string
  readonly userinfo: string
  readonly introspection: string
  readonly revocation: string
  readonly endSession: string
  readonly jwks: string
  readonly registration: string
}

/** @throws TypeError where the issuer is no http(s) URL, or has a query or a fragment (RFC 8414 §2) */
export function endpointsOf(issuer: string): Endpoints {
  if (!/^https?:\/\/[^?#]+$/.test(issuer)) throw new TypeError(`Not an issuer: ${issuer}`)
  return {
    authorization: `${issuer}/authorize`,
    pushedAuthorizationRequest: `${issuer}/par`,
    token: `${issuer}/token`,
    userinfo: `${issuer}/userinfo`,
    introspection: `${issuer}/introspect`,
    revocation: `${issuer}/revoke`,
    endSession: `${issuer}/logout`,
    jwks: `${issuer}/jwks`,
    registration: `${issuer}/register`,
  }
}
