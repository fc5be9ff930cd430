import { expect, test } from 'vitest'
import { NotAsExpected } from '../expectation.ts'
import { openFormBrowser, readForm } from './form-browser.ts'

const html = `<form method="post" action="/login?a=1&amp;b=2"><input type="hidden" name="csrf" value="x&quot;y"/>
  <input name="username"/><input name="password" type="password"/><button name="decision" value="login">Sign in</button></form>`

test('reads where a form goes and what it carries unseen', () => {
  const form = readForm({ url: 'http://as.test/login', status: 200, html })
  expect(form.action.href).toBe('http://as.test/login?a=1&b=2')
  expect(form.hidden).toEqual({ csrf: 'x"y' })
})

test('finds the form that goes where it is told', () => {
  const two = `<form action="/search"></form>${html}<form action="/out"><input type="hidden" name="csrf" value="z"/></form>`
  const page = { url: 'http://as.test/', status: 200, html: two }
  expect(readForm(page).action.pathname).toBe('/search')
  expect(readForm(page, '/out').hidden).toEqual({ csrf: 'z' })
  expect(() => readForm(page, '/nowhere')).toThrow(NotAsExpected)
})

test('says so where a page has no form', () => {
  expect(() => readForm({ url: 'http://as.test/error', status: 400, html: '<p>No</p>' })).toThrow(
    NotAsExpected,
  )
})

test('keeps the cookies of each server and shows them to nobody else', async () => {
  const sent: [string, string | null, string][] = []
  const browser = openFormBrowser(async (input) => {
    const request = new Request(input)
    sent.push([request.url, request.headers.get('cookie'), await request.text()])
    if (request.method === 'GET' && request.url.startsWith('http://as.test')) {
      return new Response(html, { headers: { 'set-cookie': 'sid=1; HttpOnly; Path=/' } })
    }
    if (request.method === 'POST') {
      return new Response(null, {
        status: 303,
        headers: { location: 'http://127.0.0.1:9/callback?code=c', 'set-cookie': 'sid=; Max-Age=0' },
      })
    }
    return new Response('thanks')
  })
  const page = await browser.submit(await browser.open('http://as.test/authorize'), {
    username: 'alice',
    decision: 'login',
  })
  expect(page.url).toBe('http://127.0.0.1:9/callback?code=c')
  expect(sent).toEqual([
    ['http://as.test/authorize', null, ''],
    ['http://as.test/login?a=1&b=2', 'sid=1', 'csrf=x%22y&username=alice&decision=login'],
    ['http://127.0.0.1:9/callback?code=c', null, ''],
  ])
})
