export { caseAt, type FuzzCase } from './case.ts'
export { lifetime, tolerance } from './draft.ts'
export { nonces } from './judge-case.ts'
