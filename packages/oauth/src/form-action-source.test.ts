import { expect, test } from 'vitest'
import { formActionSource } from './form-action-source.ts'

test('a redirect URI that a policy cannot name is allowed by its scheme', () => {
  expect(formActionSource('com.example.app:/cb')).toBe('com.example.app:')
  expect(formActionSource('http://[::1]:4711/cb')).toBe('http:')
  expect(formActionSource('http://127.0.0.1:4711/cb')).toBe('http://127.0.0.1:4711')
})
