export { approve } from './authorization/approve.ts'
export type { AuthorizationRequest } from './authorization/authorization-request.ts'
export { type Beginning, beginAuthorization } from './authorization/begin-authorization.ts'
export type { Consent, Consents } from './authorization/consents.ts'
export { nextStep, type Step } from './authorization/next-step.ts'
export type { PushedRequest, PushedRequests } from './authorization/pushed-requests.ts'
export { deny } from './authorization/refuse-authorization.ts'
export { recordLogin, resumeAuthorization } from './authorization/transaction.ts'
export type { AuthorizationTransaction, Transactions } from './authorization/transactions.ts'
export {
  type AuthorizationServer,
  type AuthorizationServerOptions,
  createAuthorizationServer,
  type ProtectedResource,
} from './authorization-server.ts'
export {
  type Client,
  type ClientAuthenticationMethod,
  type Clients,
  type GrantType,
  isPublicClient,
} from './client/client.ts'
export type { KeySets } from './client/key-set/key-sets.ts'
export type { Registrations } from './client/registrations.ts'
export { clientConfigurationRequest } from './client-configuration-request.ts'
export { type Endpoints, endpointsOf } from './endpoints.ts'
export { clientSubject } from './grants/client-credentials.ts'
export type {
  CodeRecord,
  Grant,
  GrantStore,
  RefreshTokenRecord,
  Revocations,
  Write,
} from './grants/grant-store.ts'
export { introspectionRequest } from './introspection-request.ts'
export { jwks } from './jwks.ts'
export { defaultLifetimes, type Lifetimes } from './lifetimes.ts'
export { authorizationServerMetadata } from './metadata.ts'
export type { SecurityProfile } from './profile/security-profile.ts'
export { pushedAuthorizationRequest } from './pushed-authorization-request.ts'
export { clientMetadata } from './registration/client-metadata.ts'
export { type AdministeredMembers, newClient } from './registration/new-client.ts'
export { registrationRequest } from './registration-request.ts'
export { revocationRequest } from './revocation-request.ts'
export type { Rule } from './rule.ts'
export { RULES, type RuleId } from './rules.ts'
export { secretHash } from './secret-hash.ts'
export { type EndSession, endSession } from './session/end-session.ts'
export {
  failedAgain,
  type LoginBackoff,
  type LoginFailures,
  loginLimits,
  loginWait,
} from './session/login-backoff.ts'
export type { UserSession } from './session/user-session.ts'
export { type SignOut, signOutEverywhereRequest } from './sign-out-everywhere-request.ts'
export { endReplayedToken } from './token/end-replayed-token.ts'
export { type Introspection, introspectOwnToken } from './token/introspect-own-token.ts'
export type { OpaqueTokenRecord, OpaqueTokens } from './token/opaque-tokens.ts'
export { signJwt } from './token/sign-jwt.ts'
export type { KeyPurpose, SigningKey, SigningKeys } from './token/signing-keys.ts'
export { type FindClaims, type UserClaims, userinfoClaims } from './token/userinfo-claims.ts'
export { tokenRequest } from './token-request.ts'
