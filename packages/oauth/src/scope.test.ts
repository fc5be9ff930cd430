import { expect, test } from 'vitest'
import { OAuthError } from './errors.ts'
import { formatScope, parseScope, scopeIncludes } from './scope.ts'

test('a scope is a list in the order sent, without repeats', () => {
  expect(parseScope('openid profile openid profile:write')).toEqual(['openid', 'profile', 'profile:write'])
  expect(parseScope(undefined)).toEqual([])
  expect(parseScope('')).toEqual([])
  expect(formatScope(['a', 'b'])).toBe('a b')
})

test.each([' a', 'a ', 'a  b', 'a\tb', 'a"b', 'a\\b', 'é'])(
  'refuses %j as invalid_scope (RFC 6749 §3.3)',
  (text) => {
    expect(() => parseScope(text)).toThrow(OAuthError)
  },
)

test('a scope includes what is required, whole words only', () => {
  expect(scopeIncludes(['profile', 'email'], 'profile')).toBe(true)
  expect(scopeIncludes(['profile'], 'profile profile:write')).toBe(false)
  expect(scopeIncludes(['profile:write'], 'profile')).toBe(false)
  expect(scopeIncludes([], [])).toBe(true)
})
