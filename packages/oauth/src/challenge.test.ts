import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Challenge, formatChallenge, parseChallenges } from './challenge.ts'

describe('parseChallenges', () => {
  test('finds DPoP behind Bearer, with commas and quotes inside quoted strings [DPOP-7.2-03]', () => {
    const value =
      'Bearer, DPoP error="use_dpop_nonce", error_description="a \\"b\\", c=d", algs="ES256 PS256"'
    expect(parseChallenges(value)).toEqual([
      { scheme: 'Bearer', params: {} },
      {
        scheme: 'DPoP',
        params: { error: 'use_dpop_nonce', error_description: 'a "b", c=d', algs: 'ES256 PS256' },
      },
    ])
  })

  test('reads the challenges of figures 16, 17 and 19', () => {
    expect(
      parseChallenges(
        'DPoP error="invalid_token", error_description="Invalid DPoP key binding", algs="ES256"',
      ),
    ).toEqual([
      {
        scheme: 'DPoP',
        params: { error: 'invalid_token', error_description: 'Invalid DPoP key binding', algs: 'ES256' },
      },
    ])
    expect(
      parseChallenges('Bearer error="invalid_request", error_description="x", DPoP algs="ES256 PS256"'),
    ).toHaveLength(2)
  })

  test('reads token68, unquoted values, spaces around the equals sign and empty list members', () => {
    expect(parseChallenges(' , Negotiate YWJj==, ,Digest realm = x ,Qop="", Basic')).toEqual([
      { scheme: 'Negotiate', params: {}, token68: 'YWJj==' },
      { scheme: 'Digest', params: { realm: 'x', qop: '' } },
      { scheme: 'Basic', params: {} },
    ])
  })

  test('keeps the first of a repeated parameter and whatever stands before a fault', () => {
    expect(parseChallenges('DPoP a="1", A="2"')).toEqual([{ scheme: 'DPoP', params: { a: '1' } }])
    expect(parseChallenges('DPoP error="x", algs="unterminated')).toEqual([
      { scheme: 'DPoP', params: { error: 'x' } },
    ])
    expect(parseChallenges('"')).toEqual([])
    expect(parseChallenges('')).toEqual([])
  })

  test('a parameter called __proto__ pollutes nothing', () => {
    const [challenge] = parseChallenges('DPoP __proto__="x"')
    expect(Object.entries(challenge?.params ?? {})).toEqual([['__proto__', 'x']])
    expect(Object.getPrototypeOf(challenge?.params)).toBeNull()
  })

  test('never throws and always ends, whatever comes', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'DPoP a=",\\\t;é=') }),
        (value) => void parseChallenges(value),
      ),
    )
  })
})

const token = fc.string({ unit: fc.constantFrom(..."abcXYZ019!#$%&'*+.^_`|~-"), minLength: 1, maxLength: 12 })
const printable = fc.string({
  unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
})
const withParams = fc.record({
  scheme: token,
  params: fc.dictionary(
    token.map((name) => name.toLowerCase()),
    printable,
  ),
})
const withToken68 = fc.record({
  scheme: token,
  params: fc.constant({}),
  token68: fc.stringMatching(/^[A-Za-z0-9\-._~+/]{1,20}={0,2}$/),
})

describe('formatChallenge', () => {
  test('what it writes, parseChallenges reads back, several in one value', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(withParams, withToken68), { maxLength: 4 }),
        (challenges: Challenge[]) => {
          expect(parseChallenges(challenges.map(formatChallenge).join(', '))).toEqual(challenges)
        },
      ),
    )
  })

  test('throws a TypeError for what no header can carry', () => {
    expect(() => formatChallenge({ scheme: 'D PoP', params: {} })).toThrow(TypeError)
    expect(() => formatChallenge({ scheme: 'DPoP', params: { 'a b': '' } })).toThrow(TypeError)
    expect(() => formatChallenge({ scheme: 'DPoP', params: { a: 'é' } })).toThrow(TypeError)
    expect(() => formatChallenge({ scheme: 'DPoP', params: { a: '\r\nx: y' } })).toThrow(TypeError)
    expect(() => formatChallenge({ scheme: 'DPoP', params: {}, token68: 'a b' })).toThrow(TypeError)
  })
})
