import type { CheckId } from '@keybound/dpop'
import type { ProofDefect } from '@keybound/dpop/testing'

/** What the catalogue does not say of a check: the words of its page. */
export interface CheckGuide {
  /** The rule as a heading, in words. */
  readonly title: string
  readonly why: string
  /** What somebody could do without it, and where that is shown. */
  readonly attack: { readonly says: string; readonly lab?: number }
  readonly client: string
  readonly server: string
  /** Where the rule stands: a file of the repository, and a line of it that occurs once. */
  readonly code: { readonly file: string; readonly line: string }
  /** The good and the bad example: of proofs forged for the purpose, or of requests where the proof is not at fault. */
  readonly example: { readonly defect: ProofDefect } | { readonly good: string; readonly bad: string }
}

export type CheckGuides = { readonly [id in CheckId]: CheckGuide }
