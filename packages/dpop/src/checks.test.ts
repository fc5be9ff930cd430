import { OAuthError } from '@keybound/oauth'
import { describe, expect, test } from 'vitest'
import { CHECKS, refusal } from './checks.ts'
import { PROOF_CHECKS } from './proof/check-proof.ts'
import { challenge, fail, outcomeOf, PASS, shown, skip } from './verdict.ts'

describe('the catalogue of checks', () => {
  test('has every id once, in the one order of evaluation', () => {
    expect(CHECKS.map(({ id }) => id).join(' ')).toBe(
      'scheme.match client.requires header.single jwt.wellformed typ.dpop alg.allowed crit.none jwk.public claims.required htm.match ' +
        'htu.match iat.window nonce.match sig.valid ath.match token.valid jkt.match code.jkt par.jkt refresh.jkt scope.enough jti.unused',
    )
  })

  test('is walked by the checks of a proof in its own order', () => {
    const order = CHECKS.map(({ id }) => id as string)
    const positions = PROOF_CHECKS.map(({ id }) => order.indexOf(id))
    expect(positions).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14])
  })

  test('says of each row its clause, requirement, role and answer', () => {
    for (const row of CHECKS) {
      expect(row.clause).toMatch(/^RFC \d+ §/)
      expect(row.requirement).toMatch(/^(DPOP-|RFC9068-)/)
      expect(row.says).toMatch(/^[A-Za-z][\x20-\x7e]+\.$/)
    }
    expect(Object.fromEntries(CHECKS.map(({ id, answer }) => [id, answer]))).toMatchObject({
      'scheme.match': 'invalid_token',
      'client.requires': 'invalid_dpop_proof',
      'nonce.match': 'use_dpop_nonce',
      'sig.valid': 'invalid_dpop_proof',
      'jkt.match': 'invalid_token',
      'code.jkt': 'invalid_grant',
      'par.jkt': 'invalid_request',
      'refresh.jkt': 'invalid_grant',
      'scope.enough': 'insufficient_scope',
      'jti.unused': 'invalid_dpop_proof',
    })
  })
})

test('a refusal has the code of its row, or the one given, and the id in front of the sentence', () => {
  const error = refusal('htm.match', 'Another method.')
  expect(error).toBeInstanceOf(OAuthError)
  expect([error.code, error.reason, error.description]).toEqual([
    'invalid_dpop_proof',
    'htm.match',
    'htm.match: Another method.',
  ])
  const cause = new Error('x')
  const second = refusal('scheme.match', 'Two.', { code: 'invalid_request', cause })
  expect([second.code, second.cause]).toEqual(['invalid_request', cause])
})

test('the outcome is that of the first check that did not pass', () => {
  expect(outcomeOf([PASS, skip('x'), PASS])).toBe('accepted')
  expect(outcomeOf([PASS, skip('x'), challenge('n'), fail('f')])).toBe('challenged')
  expect(outcomeOf([PASS, fail('f'), challenge('n')])).toBe('rejected')
  expect(outcomeOf([])).toBe('accepted')
})

test('a received value is shown as JSON and never at length', () => {
  expect(shown(undefined)).toBe('nothing')
  expect(shown('a"b')).toBe('"a\\"b"')
  expect(shown(Number.NaN)).toBe('null')
  expect(shown(() => 1)).toContain('=>')
  expect(shown('x'.repeat(78))).toHaveLength(80)
  expect(shown('x'.repeat(79))).toBe(`"${'x'.repeat(76)}...`)
})
