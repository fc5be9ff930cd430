import { expect, it } from 'vitest'
import { checkPages } from './check-pages.ts'

it('every check has a page, and no other reason has one', () => {
  const page = checkPages('https://web.example/checks')
  expect(page('htm.match')).toBe('https://web.example/checks/htm.match')
  expect(page('client.auth')).toBeUndefined()
})
