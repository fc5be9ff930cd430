export { judgeProof, type OracleExpectation, type OracleJudgement } from './judge-proof.ts'
export { sameUri } from './same-uri.ts'
