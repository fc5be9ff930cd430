import { CHECKS, refusal } from '@keybound/dpop'
import { OAuthError } from '@keybound/oauth'
import { RULES, type RuleId } from './rules.ts'

/** The rows of checks.md that are decided in this package; the others are checkProof()'s. */
const checksDecidedHere = ['client.requires', 'code.jkt', 'par.jkt', 'refresh.jkt', 'jti.unused'] as const

export type ReasonId = RuleId | (typeof checksDecidedHere)[number]

export interface RefusalOptions extends ErrorOptions {
  /** Instead of the rule's own sentence, where only this request says what exactly is wrong. */
  readonly says?: string
}

/** The error of a rule: `throw refused('code.live')`. */
export function refused(id: ReasonId, options?: RefusalOptions): OAuthError {
  const check = CHECKS.find((row) => row.id === id)
  if (check) return refusal(check.id, check.says, options)
  const rule = RULES[id as RuleId]
  return new OAuthError(rule.code, id, options?.says ?? rule.says, options)
}
