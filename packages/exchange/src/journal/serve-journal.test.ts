import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createNonces, createProof, defaultProofPolicy, generateKey } from '@keybound/dpop'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Exchange } from '../exchange.ts'
import { createJournal } from './journal.ts'
import { serveJournal } from './serve-journal.ts'
import { newTraceId } from './trace-id.ts'

const webOrigin = 'http://web.example'
const clock = () => 1000
const nonces = createNonces({ secret: 'n'.repeat(32) })
const key = await generateKey()
const journal = createJournal({ clock, traces: 3, exchanges: 2 })
let base: string

/** An endpoint as a framework would write it: headers with writeHead, the body by events. */
function endpoint(req: IncomingMessage, res: ServerResponse): void {
  if (req.method === 'OPTIONS') {
    res.writeHead(204, { 'Access-Control-Allow-Headers': 'DPoP' }).end()
    return
  }
  const wasRead = req.readableDidRead
  let body = ''
  req.on('data', (chunk) => (body += chunk))
  req.on('end', () => {
    const id = String(req.headers['x-test-id'])
    res.setHeader('Access-Control-Expose-Headers', 'DPoP-Nonce')
    res.setHeader('X-Was-Read-Before', String(wasRead))
    res.writeHead(201, { 'X-Correlation-Id': id, 'Set-Cookie': ['a=secret-one', 'b=2'] })
    res.write('{"got":')
    res.end(`${JSON.stringify(body)}}`)
  })
}

const server = createServer()
beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await new Promise((listening) => server.once('listening', listening))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const served = serveJournal(endpoint, {
    journal,
    clock,
    name: 'api',
    baseUrl: 'http://api.example',
    webOrigin,
    nonces,
    policy: defaultProofPolicy,
  })
  server.on('request', served)
})
afterAll(() => server.close())

async function post(trace: string | undefined, body: string, id: string): Promise<Response> {
  const headers = { 'x-test-id': id, authorization: 'DPoP at_0123456789abcdef', origin: webOrigin }
  return fetch(`${base}/token`, {
    method: 'POST',
    body,
    headers: { ...headers, ...(trace && { 'keybound-trace': trace }) },
  })
}

async function read(trace: string, query = ''): Promise<Exchange[]> {
  const response = await fetch(`${base}/journal${query}`, { headers: { 'keybound-trace': trace } })
  return ((await response.json()) as { exchanges: Exchange[] }).exchanges
}

describe('the journal of a server', () => {
  it('holds what came over the wire, what was answered, and the verdict', async () => {
    const trace = newTraceId()
    const response = await post(trace, 'code=code_0123456789', 'one')
    expect(await response.json()).toEqual({ got: 'code=code_0123456789' })
    expect(response.headers.get('access-control-expose-headers')).toBe('DPoP-Nonce, X-Correlation-Id')
    const [exchange] = await read(trace, '?secrets=live')
    expect(exchange).toMatchObject({
      id: 'one',
      to: 'api',
      request: { method: 'POST', url: 'http://api.example/token', body: 'code=code_0123456789' },
      response: { status: 201, body: '{"got":"code=code_0123456789"}' },
    })
    expect(exchange?.request.headers).toContainEqual(['authorization', 'DPoP at_0123456789abcdef'])
  })

  it('holds the verdict of the one table, with the nonces of this server', async () => {
    const trace = newTraceId()
    const url = 'http://api.example/token'
    for (const nonce of [undefined, await nonces.issue(1000)]) {
      const dpop = await createProof(key, { method: 'POST', url, nonce, now: 1000 })
      await fetch(`${base}/token`, { method: 'POST', headers: { dpop, 'keybound-trace': trace } })
    }
    const verdicts = (await read(trace)).map(({ verdict }) => verdict)
    expect(verdicts.map((verdict) => verdict?.outcome)).toEqual(['challenged', 'accepted'])
    expect(verdicts[1]?.checks.find(({ id }) => id === 'nonce.match')?.status).toBe('pass')
  })

  it('leaves the request unread for the handler: a framework refuses one that was read before it', async () => {
    const response = await post(newTraceId(), 'code=code_0123456789', 'unread')
    expect(response.headers.get('x-was-read-before')).toBe('false')
  })

  it('takes out secrets unless they are asked for', async () => {
    const trace = newTraceId()
    await post(trace, 'code=code_0123456789', 'two')
    const text = JSON.stringify(await read(trace))
    expect(text).not.toMatch(/code_0|at_0|secret-one/)
    expect(text).toContain('code=sha256:')
  })

  it('shows repeated header lines as they stood', async () => {
    const trace = newTraceId()
    await new Promise<void>((done, failed) => {
      const sent = request(`${base}/x`, { method: 'POST' }, (res) => res.resume().on('end', () => done()))
      sent.on('error', failed)
      sent.setHeader('Keybound-Trace', trace)
      sent.setHeader('X-Twice', ['one', 'two'])
      sent.end('x')
    })
    const [exchange] = await read(trace)
    expect(exchange?.request.headers.filter(([name]) => name === 'X-Twice')).toEqual([
      ['X-Twice', 'one'],
      ['X-Twice', 'two'],
    ])
  })

  it('never shows a visitor the exchanges of another', async () => {
    const [mine, theirs] = [newTraceId(), newTraceId()]
    await Promise.all([post(mine, 'mine', 'm'), post(theirs, 'theirs', 't')])
    expect(JSON.stringify(await read(mine, '?secrets=live'))).not.toContain('theirs')
    expect(JSON.stringify(await read(theirs, '?secrets=live'))).not.toContain('mine')
  })

  it('keeps nothing of who does not ask, and has no list', async () => {
    await post(undefined, 'x', 'x')
    for (const path of ['/journal', '/journal?secrets=live'])
      expect((await fetch(base + path)).status).toBe(400)
    expect((await fetch(`${base}/journal`, { headers: { 'keybound-trace': 'short' } })).status).toBe(400)
    expect((await fetch(`${base}/journal`, { method: 'POST', body: 'x' })).status).toBe(405)
  })

  it('is bounded: the oldest exchange and the least used trace go first', async () => {
    const first = newTraceId()
    for (const id of ['1', '2', '3']) await post(first, id, id)
    expect((await read(first)).map(({ id }) => id)).toEqual(['2', '3'])
    for (const id of ['4', '5', '6']) await post(newTraceId(), id, id)
    expect(await read(first)).toEqual([])
  })

  it('may be asked for by a page of the web app alone, and its header sent to every endpoint that has CORS', async () => {
    const journalled = await fetch(`${base}/journal`, { headers: { origin: 'http://evil.example' } })
    expect(journalled.headers.get('access-control-allow-origin')).toBeNull()
    const asked = await fetch(`${base}/journal`, { method: 'OPTIONS', headers: { origin: webOrigin } })
    expect(asked.headers.get('access-control-allow-origin')).toBe(webOrigin)
    expect(asked.headers.get('access-control-allow-headers')).toBe('Keybound-Trace')
    const preflight = await fetch(`${base}/token`, { method: 'OPTIONS', headers: { origin: webOrigin } })
    expect(preflight.headers.get('access-control-allow-headers')).toBe('DPoP, Keybound-Trace')
  })
})
