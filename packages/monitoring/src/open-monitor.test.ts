import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createProof, defaultProofPolicy, generateKey } from '@keybound/dpop'
import { afterEach, describe, expect, it } from 'vitest'
import type { FeedEvent } from './feed.ts'
import type { JudgedRequest } from './judged-request.ts'
import { type MonitorOptions, openMonitor } from './open-monitor.ts'

const webOrigin = 'http://web.example'
const demo = { webOrigin, nonces: undefined, policy: defaultProofPolicy }
const key = await generateKey()
const patience = { timeout: 30_000 }
const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** A server whose endpoint says what the test wants, watched. */
async function open(more: Partial<MonitorOptions> = {}) {
  const seen: JudgedRequest[] = []
  const monitor = await openMonitor({
    name: 'api',
    baseUrl: 'http://api.example',
    clock: () => 1000,
    metrics: { host: '127.0.0.1', port: 0 },
    ledgerEntries: async () => 7,
    onSecurityEvent: (event) => seen.push(event),
    ...more,
  })
  const handler = monitor.serve(endpoint)
  const server = createServer((req, res) => {
    monitor.watch(req, res)
    handler(req, res)
  })
  server.listen(0, '127.0.0.1')
  await new Promise((listening) => server.once('listening', listening))
  closing.push(monitor.close, () => server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const figures = async () => (await fetch(monitor.metricsUrl)).text()
  return { url, monitor, seen, figures }
}

function endpoint(req: IncomingMessage, res: ServerResponse): void {
  const refusal = req.headers['x-refusal']
  res.setHeader('X-Correlation-Id', 'c-1')
  req.resume().once('end', () => answer(refusal, res))
}

function answer(refusal: string | string[] | undefined, res: ServerResponse): void {
  if (refusal === undefined) res.end('{"token_type":"DPoP"}')
  else {
    res.statusCode = 401
    res.end(
      JSON.stringify({
        error: refusal === 'nonce.match' ? 'use_dpop_nonce' : 'invalid_token',
        error_description: `${refusal}: no`,
      }),
    )
  }
}

async function send(url: string, refusal?: string, init: RequestInit = {}, now = 998): Promise<void> {
  const dpop = await createProof(key, { method: 'POST', url: 'http://api.example/x', now })
  const headers = { dpop, ...(refusal && { 'x-refusal': refusal }), ...init.headers }
  await (await fetch(`${url}/x?secret=1`, { method: 'POST', ...init, headers })).text()
}

/** Events of the feed until there are `count`. */
async function follow(url: string, count: number, lastEventId?: string): Promise<FeedEvent[]> {
  const headers = { ...(lastEventId && { 'last-event-id': lastEventId }), origin: webOrigin }
  const response = await fetch(`${url}/events`, { headers })
  expect(response.headers.get('access-control-allow-origin')).toBe(webOrigin)
  const events: FeedEvent[] = []
  let text = ''
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  while (events.length < count) {
    const part = await reader?.read()
    if (!part || part.done) break
    text += part.value
    events.splice(
      0,
      events.length,
      ...Array.from(text.matchAll(/^data: (.*)\n\n/gm), ([, json = '']) => JSON.parse(json)),
    )
  }
  await reader?.cancel()
  return events
}

describe('the monitor of a server', () => {
  it('shows in its figures and in its feed the same decisions (OPS-31)', async () => {
    const { url, figures } = await open({ demo })
    await send(url)
    await send(url, 'nonce.match')
    await send(url, 'jti.unused')
    const events = await follow(url, 3)
    expect(events.map(({ id, outcome, check }) => [id, outcome, check])).toEqual([
      [1, 'accepted', undefined],
      [2, 'challenged', 'nonce.match'],
      [3, 'rejected', 'jti.unused'],
    ])
    expect(events[2]).toMatchObject({
      server: 'api',
      role: 'AS',
      endpoint: '/x',
      jkt: key.jkt,
      iatSkew: 2,
      correlationId: 'c-1',
      security: 'replay seen',
    })
    const text = await figures()
    for (const { outcome, check = 'none' } of events)
      expect(text).toContain(`dpop_proofs_total{role="AS",outcome="${outcome}",check="${check}"} 1`)
    expect(text).toContain('dpop_nonce_challenges_total{role="AS"} 1')
    expect(text).toContain('dpop_verify_duration_seconds_count{role="AS"} 3')
    expect(text).toContain('dpop_iat_skew_seconds_sum{role="AS"} 6')
    expect(text).toContain('dpop_ledger_entries 7')
  })

  it('counts issued tokens by grant and type, and puts what nobody knows under "other"', async () => {
    const { url, figures } = await open()
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    await send(url, undefined, { body: 'grant_type=refresh_token', headers })
    await send(url, undefined, { body: 'grant_type=made-up', headers })
    await send(url, 'made.up')
    await expect.poll(figures, patience).toContain('check="other"} 1')
    const text = await figures()
    expect(text).toContain('oauth_tokens_issued_total{grant="refresh_token",token_type="DPoP"} 1')
    expect(text).toContain('oauth_tokens_issued_total{grant="other",token_type="DPoP"} 1')
    expect(text).not.toContain('made')
  })

  it('counts what was put off, of which it sees nothing else', async () => {
    const { monitor, figures } = await open()
    monitor.putOff()
    expect(await figures()).toContain('http_requests_put_off_total 1')
  })

  it('counts an absurd iat as a day off', async () => {
    const { url, figures } = await open()
    await send(url, undefined, {}, 1e300)
    await send(url, undefined, {}, -1e300)
    await expect.poll(figures, patience).toContain('dpop_iat_skew_seconds_count{role="AS"} 2')
    expect(await figures()).toContain('dpop_iat_skew_seconds_sum{role="AS"} 0\n')
  })

  it('resumes the feed after the last event seen', async () => {
    const { url } = await open({ demo })
    for (const check of ['htm.match', 'htu.match', 'ath.match']) await send(url, check)
    expect((await follow(url, 1, '2')).map(({ check }) => check)).toEqual(['ath.match'])
  })

  it('tells of security events, and of nothing else (OPS-30)', async () => {
    const { url, seen } = await open()
    for (const check of ['jti.unused', 'refresh.reused', 'scheme.match', 'jkt.match', 'htm.match'])
      await send(url, check)
    await expect
      .poll(() => seen.map(({ security }) => security), patience)
      .toEqual(['replay seen', 'refresh reuse', 'downgrade tried', 'key mismatch'])
  })

  it('holds no token, no proof and no query', async () => {
    const { url } = await open({ demo })
    await send(url, 'jkt.match', {
      headers: { authorization: 'DPoP eyJhIjoiYiJ9.eyJjbGllbnRfaWQiOiJ3ZWIifQ.c2ln' },
    })
    const [event] = await follow(url, 1)
    expect(event).toMatchObject({ role: 'RS', clientId: 'web' })
    expect(JSON.stringify(event)).not.toMatch(/eyJhIjoi|eyJjbGll|secret/)
  })

  it('has neither feed nor journal outside demo mode (OPS-18)', async () => {
    const { url } = await open()
    for (const path of ['/events', '/journal'])
      expect(await (await fetch(url + path, { headers: { 'keybound-trace': 'a'.repeat(24) } })).text()).toBe(
        '{"token_type":"DPoP"}',
      )
  })
})
