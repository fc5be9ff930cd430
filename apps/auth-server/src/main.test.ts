import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { createProof, signerFromKeyPair } from '@keybound/dpop'
import { requirement } from '@keybound/testkit'
import * as oauth from 'oauth4webapi'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { Browser, shown } from '../test/browser.ts'
import { password } from '../test/clients.ts'
import {
  independentClient,
  obtainCode,
  obtainTokens,
  read,
  redeem,
  withNonce,
} from '../test/independent-client.ts'
import { type StartedServer, startServer } from '../test/start-server.ts'

let server: StartedServer

beforeAll(async () => {
  server = await startServer()
}, 60_000)

afterAll(async () => {
  await server.stop()
})

/** Bytes as they are; resolves with everything that came back. */
async function raw(text: string): Promise<string> {
  const socket = connect(server.port, '127.0.0.1')
  let answer = ''
  socket.on('data', (chunk) => (answer += chunk))
  socket.write(text)
  await once(socket, 'close')
  return answer
}

const head = (method: string, target: string, ...lines: string[]) =>
  [
    `${method} ${target} HTTP/1.1`,
    `Host: localhost:${server.port}`,
    'Connection: close',
    ...lines,
    '',
    '',
  ].join('\r\n')

const form = 'Content-Type: application/x-www-form-urlencoded'

requirement(
  'T-049',
  'a code whose client hung up right after its request is spent at most once',
  async () => {
    const client = await independentClient(server)
    const { answer, verifier } = await obtainCode(server, client, 'openid')
    const signer = await signerFromKeyPair(client.keyPair as CryptoKeyPair, 'ES256')
    const url = `${server.issuer}/token`
    const body = new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: 'playground',
      code: answer.get('code') ?? '',
      redirect_uri: client.redirectUri,
      code_verifier: verifier,
    }).toString()
    const type = 'application/x-www-form-urlencoded'
    const exchange = async (nonce?: string) => {
      const dpop = await createProof(signer, { method: 'POST', url, ...(nonce && { nonce }) })
      return fetch(url, { method: 'POST', headers: { dpop, 'content-type': type }, body })
    }
    const nonce = (await exchange()).headers.get('dpop-nonce') ?? ''

    const proof = await createProof(signer, { method: 'POST', url, nonce })
    const lines = [`Content-Type: ${type}`, `Content-Length: ${body.length}`, `DPoP: ${proof}`]
    const socket = connect(server.port, '127.0.0.1')
    socket.write(head('POST', '/token', ...lines) + body, () => socket.destroy())
    await once(socket, 'close')
    await new Promise((resolve) => setTimeout(resolve, 500))

    const statuses = [(await exchange(nonce)).status, (await exchange(nonce)).status]
    expect([
      [200, 400],
      [400, 400],
    ]).toContainEqual(statuses)
  },
)

requirement(
  ['P-003', 'S-007', 'N-004', 'N-005'],
  'what a framework would hide is refused on the wire, as JSON',
  async () => {
    for (const [request, status] of [
      [head('POST', '/token', form, 'Content-Length: 0', 'DPoP: a.b.c', 'DPoP: d.e.f'), 400],
      [head('GET', '/userinfo', 'Authorization: DPoP a', 'Authorization: Bearer b'), 400],
      [head('GET', '/healthz', 'Host: evil.test'), 400],
      [head('GET', '/nothing').replace(/Host: .*/, 'Host: localhost:99999'), 404],
      [head('GET', 'http://evil.test/healthz'), 404],
      [head('GET', '/x/%2e%2e/healthz'), 404],
      [head('GET', '/%74oken'), 404],
    ] as const) {
      const answer = await raw(request)
      expect(answer.slice(0, 40), request).toMatch(
        new RegExp(`^HTTP/1.1 ${status === 404 ? '40[04]' : status} `),
      )
      expect(answer).toContain('"error"')
    }
  },
)

test('what is refused before any handler sees it is in the figures and in the feed', async () => {
  const [, metricsUrl = ''] = /metrics (\S+)/.exec(server.output()) ?? []
  const figures = async () => (await fetch(metricsUrl)).text()
  const refused = (role: string) =>
    `dpop_proofs_total{role="${role}",outcome="rejected",check="header.single"} `
  const count = (text: string, role: string) => Number(text.split(refused(role))[1]?.split('\n')[0] ?? 0)
  const before = await figures()
  const two = ['DPoP: a.b.c', 'DPoP: d.e.f']
  await raw(head('POST', '/token', form, 'Content-Length: 0', ...two))
  await raw(head('GET', '/userinfo', 'Authorization: DPoP a', ...two))
  // Targets of which no URL of ours can be made.
  for (const target of ['http://evil.test/x', '*', '//', '/%', `/${'x'.repeat(8000)}`])
    await raw(head('GET', target, ...two))
  await vi.waitFor(
    async () => {
      const text = await figures()
      expect(count(text, 'AS') - count(before, 'AS')).toBe(6)
      expect(count(text, 'RS') - count(before, 'RS')).toBe(1)
    },
    { timeout: 30_000 },
  )
  const { body } = await fetch(`${server.issuer}/events`)
  let seen = ''
  for await (const text of body?.pipeThrough(new TextDecoderStream()) ?? []) {
    seen += text
    if ((seen.match(/"endpoint"/g)?.length ?? 0) >= 7) break
  }
  expect(seen).toContain('"endpoint":"/token"')
  expect(seen).not.toContain('x'.repeat(201))
})

requirement(
  'N-017',
  'the figures are not where the public is, health says nothing more, and neither holds a secret',
  async () => {
    for (const path of ['/metrics', '/metrics/', '/debug', '/healthz/../metrics']) {
      expect((await raw(head('GET', path))).slice(0, 12), path).toMatch(/^HTTP\/1.1 40[04]/)
    }
    const health = await (await server.send('/healthz')).text()
    expect(health.length).toBeLessThan(100)
    const [, metricsUrl = ''] = /metrics (\S+)/.exec(server.output()) ?? []
    expect(new URL(metricsUrl).hostname).toBe('127.0.0.1')
    expect(new URL(metricsUrl).port).not.toBe(String(server.port))
    const figures = await (await fetch(metricsUrl)).text()
    expect(figures).toContain('dpop_proofs_total')
    const secrets = readFileSync(join(server.env.KEYBOUND_DATA ?? '', 'secrets.env'), 'utf8')
    const values = Array.from(secrets.matchAll(/^[A-Z_]+=(\S+)$/gm), ([, value = '']) => value)
    expect(values.length).toBeGreaterThan(3)
    for (const secret of [...values, password]) expect(figures + health).not.toContain(secret)
  },
)

requirement(
  ['OPS-33', 'T-047'],
  'a large body is refused, with and without its length said before',
  async () => {
    const large = await raw(head('POST', '/token', form, 'Content-Length: 1000000') + 'x'.repeat(70_000))
    expect(large).toMatch(/^HTTP\/1.1 413 /)
    const chunk = 'x'.repeat(40_000)
    const chunked = `${chunk.length.toString(16)}\r\n${chunk}\r\n0\r\n\r\n`
    for (const path of ['/token', '/par', '/login', '/logout', '/consent'])
      expect(await raw(head('POST', path, form, 'Transfer-Encoding: chunked') + chunked), path).toMatch(
        /^HTTP\/1.1 413 /,
      )
  },
)

test('the whole flow works over sockets and the database, and ending access on the account page ends the tokens, and a code on its way', async () => {
  const client = await independentClient(server)
  const { tokens, browser } = await obtainTokens(server, client, 'openid profile offline_access')
  const onItsWay = await obtainCode(server, client, 'openid profile')
  const userinfo = () => read(client, tokens.access_token, `${server.issuer}/userinfo`)
  expect(await (await userinfo()).json()).toMatchObject({ sub: '6f1c1d5e-0001-4000-8000-000000000001' })

  const account = await browser.show('/account')
  expect(account.html).toContain('End access')
  const after = shown(await browser.press(account, undefined))
  expect(after.html).toContain('No app may use your account.')
  await expect(userinfo()).rejects.toMatchObject({ status: 401 })
  const refresh = withNonce(async () => {
    const options = { ...client.options, DPoP: client.dpop }
    const token = tokens.refresh_token ?? ''
    const response = await oauth.refreshTokenGrantRequest(
      client.as,
      client.client,
      oauth.None(),
      token,
      options,
    )
    return oauth.processRefreshTokenResponse(client.as, client.client, response)
  })
  await expect(refresh).rejects.toMatchObject({ error: 'invalid_grant' })
  await expect(redeem(client, onItsWay)).rejects.toMatchObject({ error: 'invalid_grant' })
})

test('sessions are in the database: signing out ends them (OPS-12)', async () => {
  const browser = new Browser(server)
  await browser.press(await browser.show('/login'), 'login', { username: 'bob', password })
  const other = new Browser(server)
  const account = shown(await other.press(await other.show('/login'), 'login', { username: 'bob', password }))
  expect(account.html.match(/Last seen just now/g)).toHaveLength(2)
  await other.press(account, undefined)
  expect((await browser.show('/account')).url.pathname).toBe('/login')
})

requirement('S-037', 'every answer has a Date, that of the front door too', async () => {
  for (const target of ['/healthz', '/login', '/nothing', '//'])
    expect(await raw(head('GET', target)), target).toMatch(/\r\ndate: \w{3}, /i)
})

requirement(
  ['OPS-27', 'OPS-28', 'N-010'],
  'the log holds one JSON line per request and no secret',
  async () => {
    const [first = '', ...lines] = server.output().trim().split('\n')
    expect(first).toContain(
      `auth-server listening on http://127.0.0.1:${server.port}, issuer ${server.issuer}, metrics http://127.0.0.1:`,
    )
    const parsed = lines.map((line) => JSON.parse(line))
    expect(parsed).toContainEqual(
      expect.objectContaining({ route: '/par', outcome: 'challenged', check: 'nonce.match' }),
    )
    expect(parsed).toContainEqual(
      expect.objectContaining({
        route: '/token',
        outcome: 'accepted',
        client_id: 'playground',
        jkt: expect.any(String),
      }),
    )
    // Ours by their prefixes, a JWT by its first letters, and the password itself.
    const found = server
      .output()
      .match(/\beyJ[\w-]{8}|\b(?:code|rt|se|br|txn)_[\w-]{16}|request_uri|keybound-demo|state=/)
    expect(found?.[0]).toBeUndefined()
  },
)

requirement(['OPS-36', 'N-007'], 'SIGTERM ends it with 0 after the answers under way', async () => {
  const answer = server.send('/jwks')
  await answer
  expect(await server.stop()).toBe(0)
})
