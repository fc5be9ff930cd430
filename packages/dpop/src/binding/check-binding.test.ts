import { describe, expect, test } from 'vitest'
import type { Jkt } from '../key/thumbprint.ts'
import { checksWithout } from '../lab/checks-without.ts'
import type { Proof } from '../proof/proof.ts'
import { checkBinding } from './check-binding.ts'

const jkt = '0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I' as Jkt
const other = 'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs' as Jkt
const proof = { jkt } as Proof

function refusalOf(scheme: 'dpop' | 'bearer', cnf: unknown, presented: Proof | undefined) {
  try {
    return checkBinding(scheme, cnf, presented)
  } catch (error) {
    const { code, reason } = error as { code: string; reason: string }
    return `${code} ${reason}`
  }
}

describe('checkBinding', () => {
  test('a bound token with a proof by its key passes and gives the thumbprint (DPOP-4.3-12b, DPOP-6-02)', () => {
    expect(checkBinding('dpop', { jkt }, proof)).toBe(jkt)
    expect(checkBinding('dpop', { jkt, 'x-more': 1 }, proof)).toBe(jkt)
  })

  test('a proof by another key is invalid_token (S-009)', () => {
    expect(refusalOf('dpop', { jkt: other }, proof)).toBe('invalid_token jkt.match')
  })

  test('a bound token as Bearer is refused, with or without a proof (DPOP-7.2-01, S-002, S-003)', () => {
    expect(refusalOf('bearer', { jkt }, undefined)).toBe('invalid_token scheme.match')
    expect(refusalOf('bearer', { jkt }, proof)).toBe('invalid_token scheme.match')
  })

  test('an unbound token under DPoP is refused (DPOP-7.2-02, S-004)', () => {
    expect(refusalOf('dpop', undefined, proof)).toBe('invalid_token scheme.match')
    expect(refusalOf('dpop', undefined, undefined)).toBe('invalid_token scheme.match')
  })

  test('a rule that the attack lab switches off decides nothing; the other does', () => {
    const [withoutScheme, withoutKey] = [checksWithout(['scheme.match']), checksWithout(['jkt.match'])]
    expect(checkBinding('bearer', { jkt }, undefined, withoutScheme)).toBeUndefined()
    expect(() => checkBinding('bearer', { jkt }, undefined, withoutKey)).toThrow('scheme.match')
    expect(checkBinding('dpop', { jkt: other }, proof, withoutKey)).toBe(other)
    expect(() => checkBinding('dpop', { jkt: other }, proof, withoutScheme)).toThrow('jkt.match')
  })

  test('an unbound token as Bearer passes without a thumbprint', () => {
    expect(checkBinding('bearer', undefined, undefined)).toBeUndefined()
  })

  test('a bound token without a proof is an invalid proof (S-005)', () => {
    expect(refusalOf('dpop', { jkt }, undefined)).toBe('invalid_dpop_proof header.single')
  })

  test.each([
    null,
    {},
    [],
    'x',
    1,
    true,
    { jkt: 1 },
    { jkt: '' },
    { jkt: 'x' },
    { jkt: `${jkt}=` },
    { jkt: `${jkt.slice(0, -1)}J` },
    { 'x5t#S256': jkt },
    [jkt],
    { jkt: [jkt] },
  ])(
    'a confirmation %j that cannot be checked is refused under either scheme, never taken for none',
    (cnf) => {
      expect(refusalOf('dpop', cnf, proof)).toBe('invalid_token scheme.match')
      expect(refusalOf('bearer', cnf, proof)).toBe('invalid_token scheme.match')
    },
  )
})
