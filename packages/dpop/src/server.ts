// For JWTs that are no proofs but are read by the same strict rules: the access tokens of @keybound/resource-server.
export { importVerify, parseBase64url } from '#signature'
export { checkBinding } from './binding/check-binding.ts'
export { checkPages, type ErrorPages } from './check-pages.ts'
export { CHECKS, type CheckId, refusal } from './checks.ts'
export type { ChecksInForce } from './checks-in-force.ts'
export { type CompactJws, splitCompactJws } from './compact-jws.ts'
export { normaliseHtu } from './htu/normalise-htu.ts'
export { createKeyCache, type KeyCache } from './key/key-cache.ts'
export type { ProofAlg } from './key/proof-alg.ts'
export type { PublicJwk } from './key/public-jwk.ts'
export { judgeJwk } from './key/public-jwk.ts'
export { type Jkt, parseJkt, thumbprint } from './key/thumbprint.ts'
export { createNonces, type NonceFinding, type Nonces, type NoncesOptions } from './nonce/nonces.ts'
export { type JsonObject, parseJsonObject } from './parse-json-object.ts'
export { parseJsonSegment } from './parse-json-segment.ts'
export { accessTokenHash } from './proof/access-token-hash.ts'
export { checkProof } from './proof/check-proof.ts'
export { type ExpectedOfExplanation, explainProof } from './proof/explain-proof.ts'
export type { ExpectedProof, Proof } from './proof/proof.ts'
export { defaultProofPolicy, type ProofPolicy, proofPolicy } from './proof/proof-policy.ts'
export { readProof } from './proof/read-proof.ts'
export {
  firstEpoch,
  type Ledger,
  type LedgerEntry,
  type LedgerEpoch,
  ledgerEntry,
  remember,
} from './replay/ledger.ts'
export { type Check, challenge, type Finding, fail, outcomeOf, PASS, skip, type Verdict } from './verdict.ts'
