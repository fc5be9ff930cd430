export { type ForgedProof, forgeProof } from './testing/forge-proof.ts'
export { PROOF_DEFECTS, type ProofDefect } from './testing/proof-defects.ts'
