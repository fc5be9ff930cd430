import { expect, test } from '@playwright/test'
import { platform } from '../harness/platform.ts'
import { type RawAnswer, sendRaw } from '../harness/send-raw.ts'

type Line = readonly [string, string]
const form: Line = ['Content-Type', 'application/x-www-form-urlencoded']

interface Case {
  readonly title: string
  readonly method?: string
  readonly path: string
  readonly headers?: readonly Line[]
  readonly body?: string
  readonly status: readonly number[]
  readonly allow?: string
}

/** Faults that every app answers alike. */
const anywhere: readonly Case[] = [
  { title: 'an unknown path', path: '/no/such/path', status: [404] },
  {
    title: 'an unknown path with a body',
    method: 'POST',
    path: '/no/such/path',
    headers: [form],
    body: 'a=b',
    status: [404],
  },
  { title: 'a path that is not canonical', path: '/a/%2e%2e/healthz', status: [404] },
  { title: 'a double slash', path: '//healthz', status: [400, 404] },
  {
    title: 'two Host lines',
    path: '/healthz',
    headers: [
      ['Host', 'one.test'],
      ['Host', 'two.test'],
    ],
    status: [400],
  },
  {
    title: 'two Authorization lines',
    path: '/healthz',
    headers: [
      ['Authorization', 'DPoP a'],
      ['Authorization', 'DPoP b'],
    ],
    status: [400],
  },
  {
    title: 'two DPoP lines',
    path: '/healthz',
    headers: [
      ['DPoP', 'a.b.c'],
      ['DPoP', 'd.e.f'],
    ],
    status: [400],
  },
  { title: 'a target in absolute form', path: 'http://evil.test/healthz', status: [400, 404] },
]

const atTheAuthServer: readonly Case[] = [
  { title: 'GET /token', path: '/token', status: [405], allow: 'POST' },
  { title: 'DELETE /token', method: 'DELETE', path: '/token', status: [405], allow: 'POST' },
  { title: 'GET /par', path: '/par', status: [405], allow: 'POST' },
  {
    title: 'POST /jwks',
    method: 'POST',
    path: '/jwks',
    headers: [form],
    body: 'a=b',
    status: [405],
    allow: 'GET',
  },
  {
    title: 'a JSON body at /token',
    method: 'POST',
    path: '/token',
    headers: [['Content-Type', 'application/json']],
    body: '{}',
    status: [400, 415],
  },
  {
    title: 'no content type at /token',
    method: 'POST',
    path: '/token',
    body: 'grant_type=refresh_token',
    status: [400, 415],
  },
  {
    title: 'a repeated parameter at /token',
    method: 'POST',
    path: '/token',
    headers: [form],
    body: 'client_id=cli&grant_type=refresh_token&client_id=cli',
    status: [400],
  },
  {
    title: 'a broken escape at /token',
    method: 'POST',
    path: '/token',
    headers: [form],
    body: 'client_id=%zz&grant_type=%',
    status: [400, 401],
  },
  {
    title: 'no grant_type at /token',
    method: 'POST',
    path: '/token',
    headers: [form],
    body: 'client_id=cli',
    status: [400],
  },
  {
    title: 'an unknown grant_type at /token',
    method: 'POST',
    path: '/token',
    headers: [form],
    body: 'client_id=cli&grant_type=password',
    status: [400],
  },
  {
    title: 'an unknown client at /token',
    method: 'POST',
    path: '/token',
    headers: [form],
    body: 'client_id=nobody&grant_type=refresh_token&refresh_token=x',
    status: [401],
  },
  {
    title: 'credentials in the query of /token',
    method: 'POST',
    path: '/token?client_id=cli',
    headers: [form],
    body: 'grant_type=refresh_token',
    status: [400],
  },
  {
    title: 'a megabyte at /token',
    method: 'POST',
    path: '/token',
    headers: [form],
    body: `a=${'x'.repeat(1_000_000)}`,
    status: [413],
  },
  {
    title: 'prototype names as parameters',
    method: 'POST',
    path: '/token',
    headers: [form],
    body: '__proto__=1&a[__proto__][x]=1&constructor.prototype=1',
    status: [400, 401],
  },
]

const atTheApi: readonly Case[] = [
  { title: 'no credentials', path: '/api/profile', status: [401] },
  { title: 'DELETE /api/profile', method: 'DELETE', path: '/api/profile', status: [405], allow: 'GET' },
  {
    title: 'POST /api/profile',
    method: 'POST',
    path: '/api/profile',
    headers: [form],
    body: 'a=b',
    status: [405],
    allow: 'PATCH',
  },
  {
    title: 'credentials of another scheme',
    path: '/api/profile',
    headers: [['Authorization', 'Basic YTpi']],
    status: [400, 401],
  },
  {
    title: 'two credentials in one line',
    path: '/api/profile',
    headers: [['Authorization', 'DPoP a, Bearer b']],
    status: [400, 401],
  },
  {
    title: 'a token that is none',
    path: '/api/profile',
    headers: [['Authorization', 'Bearer not-a-token']],
    status: [401],
  },
  { title: 'a token in the query', path: '/api/profile?access_token=x', status: [400, 401] },
  {
    title: 'a method override',
    method: 'GET',
    path: '/api/profile',
    headers: [['X-HTTP-Method-Override', 'DELETE']],
    status: [401],
  },
]

test.describe('at the auth-server', () => {
  for (const one of [...anywhere, ...atTheAuthServer])
    test(titleOf(one), () => refuses(platform().issuer, one))
})
test.describe('at the resource API', () => {
  for (const one of [...anywhere, ...atTheApi]) test(titleOf(one), () => refuses(platform().api, one))
})
test.describe('at the web app', () => {
  for (const one of anywhere.filter(({ path }) => !path.includes('no/such')))
    test(titleOf(one), () => refuses(platform().web, one))
  test('answers an unknown path under /api with JSON', () =>
    refuses(platform().web, { title: '', path: '/api/no-such-thing', status: [404] }))
})

for (const app of ['issuer', 'api', 'web'] as const) {
  test(`a header block over 16 KB gets 431 or 400 from ${app}, and the app lives on (N-001)`, async () => {
    const origin = platform()[app]
    const answer = await sendRaw(origin, { path: '/healthz', headers: [['X-Large', 'x'.repeat(20_000)]] })
    expect([400, 431]).toContain(answer.status)
    expect((await fetch(`${origin}/healthz`)).status).toBe(200)
  })
}

function titleOf({ title, status }: Case): string {
  return `${title} gets ${status.join(' or ')} with a JSON error`
}

async function refuses(origin: string, one: Case): Promise<void> {
  const answer = await sendRaw(origin, one)
  expect(one.status, `${answer.status} ${answer.text.slice(0, 300)}`).toContain(answer.status)
  expectJsonError(answer)
  if (one.allow) expect(answer.headers.get('allow')).toContain(one.allow)
}

function expectJsonError(answer: RawAnswer): void {
  expect(answer.headers.get('content-type')).toMatch(/^application\/json/)
  const body = JSON.parse(answer.text) as Record<string, unknown>
  // Who sent no credentials gets a challenge and no error (RFC 6750 §3.1).
  if (answer.headers.get('www-authenticate') === null) expect(typeof body.error).toBe('string')
  expect(answer.text).not.toMatch(/\bat .+:\d+:\d+|node_modules|Error:/)
  expect(answer.headers.get('x-powered-by')).toBeNull()
  if (body.error_description !== undefined)
    expect(body.error_description).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]*$/)
}
