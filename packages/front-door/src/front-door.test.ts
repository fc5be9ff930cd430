import type { IncomingMessage, ServerResponse } from 'node:http'
import { afterEach, describe, expect, test } from 'vitest'
import { exchangeRaw } from '../test/exchange-raw.ts'
import { type FrontDoor, type FrontDoorOptions, openFrontDoor } from './front-door.ts'

/** What the handler behind the door saw. */
let seen: { url: string | undefined; headers: IncomingMessage['headers']; raw: string[]; body: string }[] = []
const open: FrontDoor[] = []

async function echo(req: IncomingMessage, res: ServerResponse): Promise<void> {
  let body = ''
  for await (const chunk of req) body += chunk
  seen.push({ url: req.url, headers: req.headers, raw: req.rawHeaders, body })
  const answer = JSON.stringify({ method: req.method, url: req.url })
  res.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': answer.length })
  res.end(answer)
}

async function door(options: Partial<FrontDoorOptions> = {}): Promise<number> {
  const opened = await openFrontDoor({ handler: echo, host: '127.0.0.1', port: 0, ...options })
  open.push(opened)
  return opened.port
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()))
  seen = []
})

/** Every refusal: this status, a JSON error of this rule, never cached, dated, the connection ended, the handler not called. */
async function expectRefusal(
  port: number,
  text: string | string[],
  refusal: { status: number; rule: string; error?: string },
): Promise<void> {
  const { answers, closed } = await exchangeRaw(port, text, { silence: 1500 })
  expect(answers).toHaveLength(1)
  const { status, headers, body } = answers[0] ?? { status: 0, headers: {}, body: '{}' }
  expect(status).toBe(refusal.status)
  const { error, error_description } = JSON.parse(body)
  expect(error).toBe(refusal.error ?? 'invalid_request')
  expect(error_description).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/)
  expect(error_description.split(': ')[0]).toBe(refusal.rule)
  expect(headers).toMatchObject({
    'content-type': 'application/json',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    connection: 'close',
  })
  expect(Math.abs(Date.parse(headers.date ?? '') - Date.now())).toBeLessThan(5000)
  expect(closed).toBe(true)
  expect(seen).toEqual([])
}

const host = 'Host: localhost\r\n'

test('lets a plain request in, keeps the connection and dates the answer (S-037)', async () => {
  const port = await door()
  const get = `GET /api/profile?x=1 HTTP/1.1\r\n${host}\r\n`
  const { answers, closed } = await exchangeRaw(port, [get, get])
  expect(answers.map(({ status }) => status)).toEqual([200, 200])
  expect(answers[0]?.headers.date).toBeDefined()
  expect(answers[0]?.body).toBe('{"method":"GET","url":"/api/profile?x=1"}')
  expect(closed).toBe(false)
})

describe('refuses header lines that a framework would hide', () => {
  test.each([
    [
      'two Authorization lines (S-007)',
      'Authorization: DPoP a\r\nauthorization: Bearer b\r\n',
      'scheme.match',
    ],
    [
      'two Authorization lines alike (S-007)',
      'Authorization: DPoP a\r\nAuthorization: DPoP a\r\n',
      'scheme.match',
    ],
    ['a second Host line (N-004)', 'host: evil.test\r\n', 'host.single'],
    ['two Origin lines', 'Origin: http://a.test\r\nOrigin: http://b.test\r\n', 'header.single'],
    [
      'two Content-Type lines',
      'Content-Type: text/plain\r\nContent-Type: application/json\r\n',
      'header.single',
    ],
    ['a byte outside ASCII in DPoP (P-008)', 'DPoP: a\xffb\r\n', 'header.bytes'],
    ['a byte outside ASCII in Authorization (P-008)', 'Authorization: DPoP \x80\r\n', 'header.bytes'],
    ['a NUL (P-008)', 'DPoP: a\x00b\r\n', 'request.malformed'],
    ['a vertical tab (P-008)', 'DPoP: a\x0bb\r\n', 'request.malformed'],
    ['a folded line (P-008)', 'DPoP: a\r\n b\r\n', 'request.malformed'],
  ])('%s', async (_, lines, rule) => {
    await expectRefusal(await door(), `GET / HTTP/1.1\r\n${host}${lines}\r\n`, { status: 400, rule })
  })

  test.each(['DPoP: a\r\nDPoP: b\r\n', 'DPoP: a\r\ndpop: a\r\n'])(
    'two DPoP lines (P-003, P-005)',
    async (lines) => {
      const refusal = { status: 400, rule: 'header.single', error: 'invalid_dpop_proof' }
      await expectRefusal(await door(), `GET / HTTP/1.1\r\n${host}${lines}\r\n`, refusal)
    },
  )

  test('and lets bytes pass where other programs write them and nothing is decided', async () => {
    const { answers } = await exchangeRaw(await door(), `GET / HTTP/1.1\r\n${host}Cookie: a=\xe9\r\n\r\n`)
    expect(answers[0]?.status).toBe(200)
  })
})

describe('refuses what is not plain HTTP/1.1 in origin form', () => {
  test.each([
    ['no Host (N-004)', 'GET / HTTP/1.1\r\n\r\n', 'host.single'],
    ['no Host in HTTP/1.0', 'GET / HTTP/1.0\r\n\r\n', 'host.single'],
    ['an empty Host', 'GET / HTTP/1.1\r\nHost:\r\n\r\n', 'host.single'],
    ['a Host that is a path', 'GET / HTTP/1.1\r\nHost: a/b\r\n\r\n', 'host.single'],
    ['a Host with userinfo', 'GET / HTTP/1.1\r\nHost: a@b\r\n\r\n', 'host.single'],
    ['an absolute-form target (N-005)', `GET http://evil.test/api HTTP/1.1\r\n${host}\r\n`, 'request.target'],
    ['an asterisk', `OPTIONS * HTTP/1.1\r\n${host}\r\n`, 'request.target'],
    ['CONNECT', `CONNECT localhost:80 HTTP/1.1\r\n${host}\r\n`, 'request.target'],
    ['HTTP/2 with prior knowledge (S-031)', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'request.malformed'],
    ['bare line feeds (N-003)', 'GET / HTTP/1.1\nHost: a\n\n', 'request.malformed'],
    [
      'a bare line feed in a header (N-003)',
      `GET / HTTP/1.1\r\n${host}X: a\nY: b\r\n\r\n`,
      'request.malformed',
    ],
    ['a TLS hello', '\x16\x03\x01\x02\x00', 'request.malformed'],
    [
      'Content-Length beside Transfer-Encoding (N-003)',
      `POST / HTTP/1.1\r\n${host}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      'request.malformed',
    ],
    [
      'two Content-Length lines (N-003)',
      `POST / HTTP/1.1\r\n${host}Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello`,
      'request.malformed',
    ],
    [
      'a chunk size ended by a bare line feed (N-003)',
      `POST / HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\n1\na\r\n0\r\n\r\n`,
      'request.malformed',
    ],
    [
      'endless chunk extensions (N-003)',
      `POST / HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\n1;${'a'.repeat(20_000)}\r\na\r\n0\r\n\r\n`,
      'request.malformed',
    ],
    [
      'another transfer coding',
      `POST / HTTP/1.1\r\n${host}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`,
      'request.framing',
    ],
    [
      'a WebSocket upgrade (S-031)',
      `GET / HTTP/1.1\r\n${host}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
      'request.upgrade',
    ],
  ])('%s', async (_, text, rule) => {
    await expectRefusal(await door(), text, { status: 400, rule })
  })

  test.each(['/a/%2e%2e/api/profile', '//api/profile', '/api\\profile'])(
    'the path %s (P-071)',
    async (path) => {
      const refusal = { status: 404, rule: 'path.canonical', error: 'not_found' }
      await expectRefusal(await door(), `GET ${path} HTTP/1.1\r\n${host}\r\n`, refusal)
    },
  )

  test('an expectation other than 100-continue', async () => {
    const text = `GET / HTTP/1.1\r\n${host}Expect: 200-ok\r\n\r\n`
    await expectRefusal(await door(), text, { status: 417, rule: 'request.expect' })
  })
})

test('answers over HTTP/1.1 whoever offers HTTP/2 in the clear, as the HttpClient of Java does', async () => {
  const offer = 'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAEAAEAA\r\n'
  const text = `POST /token HTTP/1.1\r\n${host}${offer}Content-Length: 3\r\n\r\na=b`
  expect((await exchangeRaw(await door(), text)).answers).toMatchObject([{ status: 200 }])
  expect(seen).toMatchObject([{ url: '/token', body: 'a=b' }])
  expect(Object.keys(seen[0]?.headers ?? {})).toEqual(['host', 'connection', 'content-length'])
})

describe('drops what only a trusted proxy may say', () => {
  const lines = [
    'X-Forwarded-Proto: https',
    'x-forwarded-host: evil.test',
    'Forwarded: host=evil.test',
    'X-Real-IP: 10.0.0.1',
    'x-middleware-subrequest: middleware:middleware',
    'X-HTTP-Method-Override: DELETE',
    'X-Kept: yes',
  ]
  const get = `GET / HTTP/1.1\r\n${host}${lines.join('\r\n')}\r\n\r\n`

  test('from anybody (OPS-45, P-072, P-060, S-026, BCP-11)', async () => {
    await exchangeRaw(await door(), get)
    expect(seen[0]?.raw).toEqual(['Host', 'localhost', 'X-Kept', 'yes'])
    expect(seen[0]?.headers).toEqual({ host: 'localhost', 'x-kept': 'yes' })
  })

  test('and passes it on from one, without what frameworks say to themselves', async () => {
    await exchangeRaw(await door({ trustedProxies: ['10.0.0.0/8', '127.0.0.1'] }), get)
    expect(Object.keys(seen[0]?.headers ?? {})).toEqual([
      'host',
      'x-forwarded-proto',
      'x-forwarded-host',
      'forwarded',
      'x-real-ip',
      'x-kept',
    ])
  })

  test('a proxy that is no address is a mistake of the operator', async () => {
    await expect(door({ trustedProxies: ['proxy.test'] })).rejects.toThrow(TypeError)
    await expect(door({ trustedProxies: ['10.0.0.0/33'] })).rejects.toThrow(TypeError)
  })
})

test('shows every request to whoever watches, before it is judged', async () => {
  const watched: (string | undefined)[] = []
  const port = await door({ onRequest: ({ url }) => void watched.push(url) })
  const get = (target: string, ...lines: string[]) =>
    [`GET ${target} HTTP/1.1`, 'Host: localhost', ...lines, 'Connection: close', '', ''].join('\r\n')
  for (const text of [get('/good'), get('/two', 'DPoP: a', 'DPoP: b'), get('http://evil.test/')])
    await exchangeRaw(port, text, { silence: 1500 })
  expect(watched).toEqual(['/good', '/two', 'http://evil.test/'])
  expect(seen.map(({ url }) => url)).toEqual(['/good'])
})
