import { describe, expect, test } from 'vitest'
import { parseAuthorization } from './authorization-header.ts'
import { OAuthError } from './errors.ts'

const parse = (value: string) => parseAuthorization(new Headers({ authorization: value }))

function reasonOf(value: string): string | undefined {
  try {
    parse(value)
  } catch (error) {
    if (error instanceof OAuthError && error.code === 'invalid_request') return error.reason
    throw error
  }
  return undefined
}

describe('parseAuthorization', () => {
  test('gives the scheme in lower case and the credentials unchanged [DPOP-7.1-01]', () => {
    expect(parse('DPoP Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU')).toEqual({
      scheme: 'dpop',
      credentials: 'Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU',
    })
    expect(parse('dPoP abc')?.scheme).toBe('dpop')
    expect(parse('BEARER  abc==')).toEqual({ scheme: 'bearer', credentials: 'abc==' })
    expect(parse('Basic YTpi')?.scheme).toBe('basic')
  })

  test('gives nothing without a header', () => {
    expect(parseAuthorization(new Headers())).toBeUndefined()
  })

  test('refuses two credentials, joined by the platform or by the sender [S-007]', () => {
    const headers = new Headers()
    headers.append('authorization', 'DPoP abc')
    headers.append('authorization', 'Bearer abc')
    expect(() => parseAuthorization(headers)).toThrow(OAuthError)
    expect(reasonOf('DPoP abc, Bearer abc')).toBe('scheme.match')
    expect(reasonOf('DPoP abc,def')).toBe('scheme.match')
  })

  test.each(['', 'DPoP', 'DPoP ', 'DPoP a b', 'DPoP "abc"', 'DPoP abc=def', 'abc\u00e9 d', 'DPoP\tabc'])(
    'refuses %j as malformed',
    (value) => {
      expect(reasonOf(value)).toBe('request.authorization')
    },
  )
})
