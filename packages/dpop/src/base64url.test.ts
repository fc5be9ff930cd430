import fc from 'fast-check'
import { base64url } from 'jose'
import { describe, expect, test } from 'vitest'
import { formatBase64url, parseBase64url } from './base64url.ts'

const octets = fc.uint8Array({ maxLength: 100 })

describe('base64url', () => {
  test('writes what jose writes, and reads it back', () => {
    fc.assert(
      fc.property(octets, (bytes) => {
        const text = formatBase64url(bytes)
        expect(text).toBe(base64url.encode(bytes))
        expect(parseBase64url(text)).toEqual(Uint8Array.from(bytes))
      }),
    )
  })

  test('takes the one canonical spelling of the octets and no other', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'AQgwZz9-_+/= \u0100'), maxLength: 9 }), (text) => {
        const bytes = parseBase64url(text)
        if (bytes !== undefined) expect(base64url.encode(bytes)).toBe(text)
      }),
    )
  })

  test.each([
    'A',
    'AAAAA',
    'AB',
    'AAB',
    'AA=',
    'AA==',
    'A+AA',
    'A/AA',
    'AA A',
    ' AAA',
    'AAA\n',
    'AA\u0141A',
    'AAAA\u0100AAA',
    'éAAA',
  ])('refuses %j', (text) => expect(parseBase64url(text)).toBeUndefined())

  test('takes nothing for no octets', () => expect(parseBase64url('')).toEqual(new Uint8Array()))
})
