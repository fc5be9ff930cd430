import { CHECKS } from '@keybound/dpop'
import { requirement } from '@keybound/testkit'
import { expect, test } from 'vitest'
import { type ReasonId, refused } from './refused.ts'
import { RULES } from './rules.ts'

test('a rule has an id of one style, a clause and a sentence, and none is also a check of RFC 9449', () => {
  const checks: readonly string[] = CHECKS.map(({ id }) => id)
  for (const [id, { clause, says }] of Object.entries(RULES)) {
    expect(id).toMatch(/^[a-z_]+\.[a-z_]+$/)
    expect(checks).not.toContain(id)
    expect(clause).toMatch(/^(RFC \d{4}|OpenID Connect|OAuth 2\.0|FAPI 2\.0) .*§\d/)
    expect(says).toMatch(/^[A-Za-z].*\.$/)
  }
})

requirement('T-054', 'what a rule says can be sent as it is', () => {
  for (const id of Object.keys(RULES)) {
    const { description, reason } = refused(id as ReasonId)
    expect(reason).toBe(id)
    expect(description).toBe(`${id}: ${RULES[id as keyof typeof RULES].says}`)
    expect(description).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/)
  }
})
