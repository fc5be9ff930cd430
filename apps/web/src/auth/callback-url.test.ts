import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { localPath } from './callback-url.ts'

const web = 'http://localhost:3000'

describe('the page to return to (B-005)', () => {
  it.each([
    ['/profile', '/profile'],
    ['/profile?attempt=bearer#proof', '/profile?attempt=bearer#proof'],
    [`${web}/playground`, '/playground'],
  ])('keeps %s', (wanted, expected) => {
    expect(localPath(wanted, web)).toBe(expected)
  })

  it.each([
    'https://evil.example/',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '\u0000/profile',
    ' /profile',
    'javascript:alert(1)',
    'http://localhost:3000.evil.example/',
    'http://localhost:3000@evil.example/',
    'http://localhost:30001/',
    'http://',
    'profile',
    '/%',
    `/${'a'.repeat(5000)}`,
    '',
    undefined,
    null,
  ])('turns %j into the home page or keeps it here', (wanted) => {
    const path = localPath(wanted, web)
    expect(new URL(path, web).origin).toBe(web)
    if (wanted !== '/%') expect(path).toBe('/')
  })

  it('never leaves this origin, whatever is asked', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.webUrl(),
          fc.string().map((text) => `/${text}`),
        ),
        (wanted) => {
          const path = localPath(wanted, web)
          expect(path.startsWith('/')).toBe(true)
          expect(new URL(path, web).origin).toBe(web)
        },
      ),
    )
  })
})
