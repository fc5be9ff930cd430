import { requirement } from '@keybound/testkit'
import { expect, test } from 'vitest'
import { cookiesFor } from './cookies.ts'
import { newSecretValue } from './secret-value.ts'

const value = newSecretValue('se')
const sent = (cookie: string) => new Headers({ cookie })

requirement(
  ['OPS-09', 'U-004'],
  'over https a cookie is __Host-, Secure, HttpOnly, SameSite=Lax, Path=/, without Domain',
  () => {
    const cookie = cookiesFor('https://as.example').set('session', value)
    expect(cookie).toBe(`__Host-keybound-auth-session=${value}; Path=/; HttpOnly; SameSite=Lax; Secure`)
  },
)

requirement(
  ['OPS-09', 'U-004'],
  'over http it is the same without __Host- and Secure, which a browser would drop',
  () => {
    const cookie = cookiesFor('http://localhost:4000').set('browser', value, 600)
    expect(cookie).toBe(`keybound-auth-browser=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=600`)
  },
)

test('a cookie that was planted beside ours makes both count as absent', () => {
  const { read } = cookiesFor('http://localhost:4000')
  const other = newSecretValue('se')
  expect(read(sent(`a=b; keybound-auth-session=${value}`), 'session')).toBe(value)
  const both = `keybound-auth-session=${value}; keybound-auth-session=${other}`
  expect(read(sent(both), 'session')).toBeUndefined()
})

test('a malformed value counts as absent', () => {
  const { read } = cookiesFor('http://localhost:4000')
  for (const bad of ['', 'short', `${value}%00`, `"${value}"`, 'x'.repeat(101)])
    expect(read(sent(`keybound-auth-session=${bad}`), 'session'), bad).toBeUndefined()
})

test('clearing ends the cookie at once', () => {
  expect(cookiesFor('https://as.example').clear('session')).toMatch(
    /^__Host-keybound-auth-session=;.*Max-Age=0$/,
  )
})
