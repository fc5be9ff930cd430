import { requirement } from '@keybound/testkit'
import { expect, test } from 'vitest'
import { checkCsrfToken, csrfToken } from './csrf-token.ts'
import { checkSameOrigin } from './same-origin.ts'
import { newSecretValue } from './secret-value.ts'

const cookie = newSecretValue('br')

test('the token of this cookie is accepted, and does not tell the cookie', () => {
  expect(() => checkCsrfToken(csrfToken(cookie), cookie)).not.toThrow()
  expect(csrfToken(cookie)).not.toContain(cookie.slice(3, 20))
})

requirement(['U-001', 'U-002'], 'no token, no cookie, or the token of another browser is refused', () => {
  const other = newSecretValue('br')
  for (const [token, from] of [
    [undefined, cookie],
    [csrfToken(cookie), undefined],
    [csrfToken(other), cookie],
    [`${csrfToken(cookie)}x`, cookie],
  ])
    expect(() => checkCsrfToken(token, from)).toThrow('This form does not come from a page')
})

requirement('B-009', 'a form that a browser says comes from elsewhere is refused; null is elsewhere', () => {
  const issuer = 'http://localhost:4000/tenant'
  const check = (headers: Record<string, string>) => () => checkSameOrigin(new Headers(headers), issuer)
  for (const headers of [
    { origin: 'https://evil.test' },
    { origin: 'null' },
    { origin: 'http://localhost:4001' },
    { origin: 'http://localhost:4000', 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'none' },
  ])
    expect(check(headers), JSON.stringify(headers)).toThrow('from another site')
  expect(check({ origin: 'http://localhost:4000', 'sec-fetch-site': 'same-origin' })).not.toThrow()
  expect(check({})).not.toThrow()
})
