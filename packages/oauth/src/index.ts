export { type Credentials, parseAuthorization } from './authorization-header.ts'
export {
  type AuthorizationResponseTarget,
  authorizationResponse,
} from './authorization-response.ts'
export { type Challenge, formatChallenge, parseChallenges } from './challenge.ts'
export { type Clock, systemClock } from './clock.ts'
export { OAuthError, type OAuthErrorCode } from './errors.ts'
export { type Form, type FormOptions, parseForm, type ReadFormOptions, readForm } from './form.ts'
export { formActionSource } from './form-action-source.ts'
export { EXPOSED_HEADERS, type JsonResponseOptions, jsonResponse, protocolHeaders } from './json-response.ts'
export type { AuthorizationServerMetadata, ProtectedResourceMetadata } from './metadata.ts'
export { readBody } from './read-body.ts'
export { redirectErrorResponse } from './redirect-error-response.ts'
export { type ResourceErrorContext, resourceErrorResponse } from './resource-error-response.ts'
export { formatScope, parseScope, scopeIncludes } from './scope.ts'
export { type TokenErrorContext, tokenErrorResponse } from './token-error-response.ts'
export { weaknessOfSecret } from './weakness-of-secret.ts'
