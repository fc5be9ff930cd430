import { describe, expect, test } from 'vitest'
import { checkTarget } from './canonical-target.ts'

describe('a canonical path passes', () => {
  test.each([
    '/',
    '/api/profile',
    '/api/profile/',
    '/api/profile?x=//%2e%2e/&y=%zz',
    '/.well-known/oauth-protected-resource/api/profile',
    '/a.b/c..d/...',
    "/~user/a-b_c!$&'()*+,;=:@",
    '/caf%C3%A9',
    '/%5Bslug%5D',
  ])('%s', (target) => {
    expect(checkTarget(target)).toBeUndefined()
  })
})

describe('another spelling of a path is not found (P-071, S-028)', () => {
  test.each([
    ['an encoded dot segment', '/a/%2e%2e/api/profile'],
    ['the same in upper-case hex', '/a/%2E%2E/api/profile'],
    ['a dot segment', '/a/../api/profile'],
    ['a dot segment at the end', '/api/profile/..'],
    ['a single dot', '/api/./profile'],
    ['an empty segment', '/api//profile'],
    ['an empty first segment', '//api/profile'],
    ['a backslash', '/api\\profile'],
    ['an encoded backslash', '/api%5Cprofile'],
    ['an encoded slash', '/api%2Fprofile'],
    ['lower-case hex', '/caf%c3%a9'],
    ['an encoded letter', '/api/%70rofile'],
    ['an encoded digit', '/api/profile%31'],
    ['an encoded hyphen', '/a%2Db'],
    ['a double encoding', '/a/%252e%252e/api/profile'],
    ['half of a percent-encoding', '/api/profile%2'],
    ['a percent sign', '/api/profile%'],
    ['an encoded NUL', '/api/profile%00'],
    ['an encoded line feed', '/api/profile%0A'],
    ['an encoded DEL', '/api/profile%7F'],
    ['bytes that are not UTF-8', '/api/profile%FF'],
    ['an overlong encoding', '/a%C0%AE'],
    ['a pipe', '/api|profile'],
    ['a bracket', '/[slug]'],
  ])('%s', (_, target) => {
    expect(checkTarget(target)).toMatchObject({ status: 404, error: 'not_found', rule: 'path.canonical' })
  })
})

describe('a target not in origin form is a bad request (N-005)', () => {
  test.each([
    '*',
    'http://evil.test/api/profile',
    'api/profile',
    '',
    '/a#b',
    '/a\u00e9',
    '/a b',
    'evil.test:443',
  ])('%s', (target) => {
    expect(checkTarget(target)).toMatchObject({ status: 400, rule: 'request.target' })
  })
})

test('every percent-encoding of an unreserved character is refused, every other printable one stands', () => {
  for (let code = 0x21; code < 0x7f; code++) {
    const character = String.fromCharCode(code)
    const refused = /[A-Za-z0-9\-._~/\\%]/.test(character)
    const target = `/x%${code.toString(16).toUpperCase()}`
    expect(checkTarget(target) !== undefined, target).toBe(refused)
  }
})
