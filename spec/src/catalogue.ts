import cases from '../cases.json' with { type: 'json' }
import companions from '../companions.json' with { type: 'json' }
import operations from '../operations.json' with { type: 'json' }
import rfc9449 from '../rfc9449.json' with { type: 'json' }

/**
 * One clause of a specification. `tested`: tests carry its id. `exception`: Keybound decided otherwise, and `reason` says why.
 * `not-ours`: it binds nobody that is built here, and `reason` says why.
 */
export interface Clause {
  readonly id: string
  readonly level: string
  readonly role: string
  readonly says: string
  readonly status: 'tested' | 'exception' | 'not-ours'
  readonly reason?: string
}

/** A row of the list of security cases: what comes in, and what has to happen. */
export interface Case {
  readonly id: string
  readonly surface: string
  readonly input: string
  readonly expected: string
  /** Why no test proves it, where none does. */
  readonly reason?: string
}

export const clauses = rfc9449 as readonly Clause[]
export const companionClauses = companions as readonly Clause[]
/** What is promised to whoever operates the servers, hardened mode above all. */
export const operationsPromises = operations as readonly Clause[]
export const securityCases: readonly Case[] = cases

export const knownIds: ReadonlySet<string> = new Set(
  [...clauses, ...companionClauses, ...operationsPromises, ...securityCases].map((row) => row.id),
)

/** The key words that leave no choice. */
export function isMandatory(clause: Clause): boolean {
  return ['MUST', 'MUST NOT', 'REQUIRED'].includes(clause.level)
}
