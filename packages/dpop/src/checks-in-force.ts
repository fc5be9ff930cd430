import type { CheckId } from './checks.ts'

declare const made: unique symbol

/**
 * Which rows of CHECKS decide. Every server enforces them all, by giving none of these; only `@keybound/dpop/lab` can make one, and only the attack lab
 * may import that.
 */
export interface ChecksInForce {
  readonly [made]: true
  /** Whether this rule decides. */
  has(id: CheckId): boolean
}
