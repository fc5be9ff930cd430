import { pushedRequestRules } from './authorization/pushed-request-rules.ts'
import { requestRules } from './authorization/request-rules.ts'
import { transactionRules } from './authorization/transaction-rules.ts'
import { clientRules } from './client/client-rules.ts'
import { grantRules } from './grants/grant-rules.ts'
import { registrationRules } from './registration/registration-rules.ts'
import type { Rule } from './rule.ts'
import { tokenRules } from './token/token-rules.ts'

/**
 * Every rule, each beside the code that holds it. The id of a rule is the reason of the OAuthError that it throws. One style with
 * checks.md: what it is about, dot, what must hold.
 */
export const RULES = {
  ...clientRules,
  ...grantRules,
  ...requestRules,
  ...pushedRequestRules,
  ...transactionRules,
  ...registrationRules,
  ...tokenRules,
} as const satisfies Readonly<Record<string, Rule>>

export type RuleId = keyof typeof RULES
