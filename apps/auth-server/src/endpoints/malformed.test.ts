import { OAuthError } from '@keybound/oauth'
import { requirement } from '@keybound/testkit'
import { describe, expect, test } from 'vitest'
import { authorizationPath } from '../../test/authorization.ts'
import { openApp } from '../../test/open-app.ts'

const app = await openApp()
const form = { 'content-type': 'application/x-www-form-urlencoded' }
const pages = ['/login', '/consent', '/logout', '/account', '/authorize']
const endpoints = ['/par', '/token', '/introspect', '/revoke']

const bodies: Readonly<Record<string, RequestInit>> = {
  'nothing at all': {},
  JSON: { body: '{}', headers: { 'content-type': 'application/json' } },
  multipart: { body: '--x--', headers: { 'content-type': 'multipart/form-data; boundary=x' } },
  'no content type': { body: new Uint8Array([97, 61, 98]) },
  'a repeated parameter': { body: 'client_id=cli&client_id=web&csrf=a&csrf=b', headers: form },
  'a broken escape': { body: 'client_id=%zz&csrf=%', headers: form },
  'bytes that are no UTF-8': { body: new Uint8Array([97, 61, 255, 254]), headers: form },
  'a NUL': { body: 'client_id=a%00b&username=%00', headers: form },
  'prototype names': { body: '__proto__=1&a[__proto__][x]=1&constructor.prototype=1', headers: form },
  'forty kilobytes': { body: `a=${'x'.repeat(40_000)}`, headers: form },
  'operators of an ORM': { body: 'client_id={"not":""}&token={"contains":""}', headers: form },
}

describe.each([...pages, ...endpoints])('POST %s', (path) => {
  requirement(['T-017', 'T-019', 'N-016'], 'a malformed body gets 4xx and no stack', async () => {
    for (const [title, init] of Object.entries(bodies)) {
      const response = await app.send(path, { method: 'POST', ...init })
      const text = await response.text()
      expect(response.status, `${title}: ${text}`).toBeGreaterThanOrEqual(303)
      expect(response.status, title).toBeLessThan(500)
      expect(text).not.toMatch(/\bat \S+:\d+:\d+|node_modules/)
      if (endpoints.includes(path)) expect(JSON.parse(text).error, title).toMatch(/^[a-z_]+$/)
    }
  })

  requirement('T-047', 'a body over 32 KB gets 413', async () => {
    const body = `a=${'x'.repeat(40_000)}`
    expect((await app.send(path, { method: 'POST', body, headers: form })).status).toBe(413)
  })
})

test('a malformed query never breaks a page', async () => {
  for (const path of pages) {
    for (const query of [
      '%',
      '%zz=1',
      'a=1&a=2',
      'transaction=%00',
      'transaction=%ff',
      '[]=&=&&',
      'transaction=x',
    ]) {
      const response = await app.send(`${path}?${query}`)
      expect(response.status, `${path}?${query}`).toBeLessThan(500)
    }
  }
})

requirement('T-018', 'credentials in the query are refused', async () => {
  for (const path of endpoints) {
    const response = await app.send(`${path}?client_id=cli`, { method: 'POST', body: 'a=b', headers: form })
    expect(response.status, path).toBe(400)
  }
})

requirement('A-016', 'a state of 4 KB comes back unchanged', async () => {
  const state = 'x'.repeat(4096)
  const response = await app.send(authorizationPath({ prompt: 'none', state }))
  expect(new URL(response.headers.get('location') ?? '').searchParams.get('state')).toBe(state)
})

requirement(
  ['N-012', 'T-050'],
  'a store that is down is 503, a fault of ours 500, and neither says why',
  async () => {
    const down = await openApp()
    const boom = () => {
      throw new Error('secret detail of the database')
    }
    const broken = await openApp({}, { users: { find: boom, findByUsername: boom } })
    Object.assign(down.storage.stores.clients, { find: boom })
    for (const [opened, path, kind] of [
      [down, authorizationPath(), 'text/html; charset=utf-8'],
      [broken, '/login', 'text/html; charset=utf-8'],
    ] as const) {
      const login = await opened.send('/login')
      const cookie = login.headers.getSetCookie()[0]?.split(';')[0] ?? ''
      const csrf = /name="csrf" value="([^"]+)"/.exec(await login.text())?.[1] ?? ''
      const post = {
        method: 'POST',
        headers: { ...form, cookie },
        body: `csrf=${csrf}&username=a&password=b`,
      }
      const response = await opened.send(path, path === '/login' ? post : {})
      const text = await response.text()
      expect(response.status).toBe(500)
      expect(response.headers.get('content-type')).toBe(kind)
      expect(text).toContain(response.headers.get('x-correlation-id') ?? '?')
      expect(text + JSON.stringify([...response.headers])).not.toContain('secret detail')
      expect(opened.written.join('')).toContain('secret detail of the database')
    }
  },
)

test('why a store could not answer is in the log by its code alone, for a page and for JSON', async () => {
  const down = await openApp()
  const refusing = Object.assign(new Error('at db.secret.example'), { code: 'ECONNREFUSED' })
  const away = () => {
    const cause = new Error('the query failed', { cause: refusing })
    throw new OAuthError('temporarily_unavailable', 'store.available', 'Try again in a moment', { cause })
  }
  Object.assign(down.storage.stores.clients, { find: away })
  const asked = { method: 'POST', headers: form, body: 'grant_type=refresh_token&client_id=cli' }
  const answers = [await down.send('/token', asked), await down.send(authorizationPath())]
  expect(answers.map(({ status }) => status)).toEqual([503, 503])
  const lines = down.written.map((line) => JSON.parse(line))
  expect(lines).toMatchObject([{ hint: 'ECONNREFUSED' }, { hint: 'ECONNREFUSED' }])
  expect(down.written.join('')).not.toContain('secret')
})

requirement(
  'N-014',
  'thousands of blanks in a scope and a hostile Accept-Language are answered like any other request',
  async () => {
    const blanks = '+'.repeat(30_000)
    const pushed = await app.send('/par', {
      method: 'POST',
      body: `client_id=playground&response_type=code&redirect_uri=http%3A%2F%2Flocalhost%3A3000%2Fplayground%2Fcallback&code_challenge_method=S256&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&scope=openid${blanks}x`,
      headers: form,
    })
    expect([pushed.status, (await pushed.json()).error]).toEqual([400, 'invalid_scope'])
    const tooLarge = { method: 'POST', body: `scope=${'+'.repeat(65_536)}`, headers: form }
    expect((await app.send('/par', tooLarge)).status).toBe(413)
    for (const language of [
      'en;q=0.'.repeat(2000),
      ','.repeat(15_000),
      `${'a-'.repeat(7000)}a;q=${'0'.repeat(900)}`,
    ]) {
      expect((await app.send('/login', { headers: { 'accept-language': language } })).status).toBe(200)
    }
  },
)
