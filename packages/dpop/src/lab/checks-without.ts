import { CHECKS, type CheckId } from '../checks.ts'
import type { ChecksInForce } from '../checks-in-force.ts'

/** The table of checks with some rows switched off: to show what each of them is for. For the attack lab, and for nothing else. */
export function checksWithout(off: readonly CheckId[]): ChecksInForce {
  return new Set(CHECKS.map(({ id }) => id).filter((id) => !off.includes(id))) as unknown as ChecksInForce
}
