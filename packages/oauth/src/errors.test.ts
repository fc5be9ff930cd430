import fc from 'fast-check'
import { expect, test } from 'vitest'
import { OAuthError } from './errors.ts'

/** Any UTF-16 text, lone surrogates included. */
const anyText = fc.string({
  unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
})

test('a description is the check id and a sentence, in the characters RFC 6749 §5.2 allows, whatever goes in', () => {
  expect(new OAuthError('invalid_request', 'request.form', 'Say "hi" \\ é.').description).toBe(
    "request.form: Say 'hi' / ?.",
  )
  fc.assert(
    fc.property(anyText, (sentence) => {
      expect(new OAuthError('invalid_request', 'x.y', sentence).description).toMatch(
        /^[\x20-\x21\x23-\x5b\x5d-\x7e]*$/,
      )
    }),
  )
})

test('a refusal takes no stack along, and leaves that of its cause and of later errors alone', () => {
  const limit = Error.stackTraceLimit
  const refusal = new OAuthError('temporarily_unavailable', 'store.available', 'Later.', {
    cause: new Error('disk'),
  })
  expect(refusal.stack).not.toContain('\n    at ')
  expect((refusal.cause as Error).stack).toContain('\n    at ')
  expect(Error.stackTraceLimit).toBe(limit)
})

test('is made where the limit cannot be set too, as in a frozen realm', () => {
  Object.defineProperty(Error, 'stackTraceLimit', { writable: false })
  try {
    expect(new OAuthError('invalid_token', 'token.valid', 'The token has expired.').reason).toBe(
      'token.valid',
    )
  } finally {
    Object.defineProperty(Error, 'stackTraceLimit', { writable: true })
  }
})
