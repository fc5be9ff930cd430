export type { Access } from './access.ts'
export type { AccessToken } from './access-token/access-token.ts'
export { verifyAccessToken } from './access-token/verify-access-token.ts'
export {
  type AnswerOptions,
  type AnswerWithAccess,
  answerWithAccess,
} from './answer-with-access.ts'
export { checkScope } from './check-scope.ts'
export { explainAccess } from './explain-access.ts'
export {
  type Introspection,
  type Introspector,
  introspector,
  type RemoteIntrospector,
} from './introspection/introspector.ts'
export type { AccessTokenKeys } from './keys/access-token-keys.ts'
export { localKeys } from './keys/local-keys.ts'
export { remoteKeys } from './keys/remote-keys.ts'
export { protectedResourceMetadata, resourceMetadataUrl } from './metadata.ts'
export type { ProtectResourceOptions } from './options.ts'
export {
  type ProtectResource,
  protectResource,
  type ReceivedRequest,
  type Requirement,
} from './protect-resource.ts'
export { type Decision, reportDecisions } from './report-decisions.ts'
