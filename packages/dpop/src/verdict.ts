import type { CheckId } from './checks.ts'

/**
 * What one rule found. `because` is the sentence that goes into the error's description; `expected` and `received` never hold a
 * secret, a token or a whole proof; `hint` is the likely cause in one sentence.
 */
export interface Finding {
  readonly status: 'pass' | 'fail' | 'challenge' | 'skipped'
  readonly because?: string
  readonly expected?: string
  readonly received?: string
  readonly hint?: string
  /** NumericDates: since when this rule may have passed, and from when it no longer does; set by the nonce rule. */
  readonly since?: number
  readonly until?: number
}

/** One row of a Verdict: a rule of CHECKS and what it found. */
export interface Check extends Omit<Finding, 'since' | 'until'> {
  readonly id: CheckId
  readonly clause: string
  readonly requirement: string
}

/** Every check with its status, in the order of CHECKS. The outcome is that of the first check that did not pass; a nonce challenge is an outcome of its own. */
export interface Verdict {
  readonly outcome: 'accepted' | 'rejected' | 'challenged'
  readonly checks: readonly Check[]
}

/** The rule is kept. */
export const PASS: Finding = { status: 'pass' }

/** The rule is broken. */
export function fail(
  because: string,
  details: Pick<Finding, 'expected' | 'received' | 'hint'> = {},
): Finding {
  return { status: 'fail', because, ...details }
}

/** A nonce is needed: no fault of the proof, but it does not pass. */
export function challenge(
  because: string,
  details: Pick<Finding, 'expected' | 'received' | 'hint'> = {},
): Finding {
  return { status: 'challenge', because, ...details }
}

/** There was nothing to judge, for the reason given. */
export function skip(because: string): Finding {
  return { status: 'skipped', because }
}

/** The outcome of some checks: that of the first that neither passed nor was skipped. */
export function outcomeOf(checks: readonly Pick<Check, 'status'>[]): Verdict['outcome'] {
  const first = checks.find(({ status }) => status === 'fail' || status === 'challenge')
  if (first === undefined) return 'accepted'
  return first.status === 'fail' ? 'rejected' : 'challenged'
}

/** The kind of a value from the wire, where the value itself may be anything, a secret too. */
export function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (value === '') return 'empty text'
  if (value === null) return 'null'
  return Array.isArray(value) ? 'a list' : typeof value
}

/** A value from the wire as a short text for `received`: never more than 80 characters of it. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing'
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 80 ? `${text.slice(0, 77)}...` : text
}
