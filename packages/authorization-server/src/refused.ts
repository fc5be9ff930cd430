import { CHECKS } from '@keybound/dpop'
import { OAuthError, type OAuthErrorCode } from '@keybound/oauth'
import { RULES, type RuleId } from './rules.ts'

/** The rows of checks.md that this package decides, with the code of their answer here. */
const decidedHere = {
  'client.requires': 'invalid_dpop_proof',
  'code.jkt': 'invalid_grant',
  'par.jkt': 'invalid_request',
  'refresh.jkt': 'invalid_grant',
  'jti.unused': 'invalid_dpop_proof',
} as const satisfies Readonly<Record<string, OAuthErrorCode>>

export type ReasonId = RuleId | keyof typeof decidedHere

/** The error of a rule: `throw refused('code.live')`. */
export function refused(id: ReasonId, options?: ErrorOptions): OAuthError {
  if (id in RULES) {
    const rule = RULES[id as RuleId]
    return new OAuthError(rule.code, id, rule.says, options)
  }
  const says = CHECKS.find((check) => check.id === id)?.says ?? 'The request breaks this rule'
  return new OAuthError(decidedHere[id as keyof typeof decidedHere], id, says, options)
}
