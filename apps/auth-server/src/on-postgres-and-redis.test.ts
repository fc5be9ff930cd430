import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, type IncomingMessage, request } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { requirement } from '@keybound/testkit'
import { describeWith } from '@keybound/testkit/describe-with'
import { type Postgres, type Redis, startPostgres, startRedis } from '@keybound/testkit/servers'
import { importJWK, SignJWT } from 'jose'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { Browser } from '../test/browser.ts'
import { password } from '../test/clients.ts'
import { independentClient, obtainTokens, read } from '../test/independent-client.ts'
import { type StartedServer, startServer } from '../test/start-server.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 })

describeWith(['PostgreSQL', 'Redis'], 'the app on PostgreSQL and Redis, chosen by their URLs alone', () => {
  let postgres: Postgres
  let redis: Redis
  let server: StartedServer
  const directory = mkdtempSync(join(tmpdir(), 'keybound-descriptors-'))
  const hold = join(directory, 'hold')

  beforeAll(async () => {
    postgres = await startPostgres({ fsync: 'off' })
    redis = await startRedis()
    const settings = {
      DATABASE_URL: postgres.url(),
      LEDGER_URL: redis.url,
      KEYBOUND_REPLICAS: '2',
      NODE_OPTIONS: `--import=${new URL('../test/hold-descriptors.mjs', import.meta.url)}`,
      HOLD_DESCRIPTORS: hold,
    }
    server = await startServer(settings, 256)
  })
  afterAll(async () => {
    await server?.stop()
    await Promise.all([postgres?.stop(), redis?.stop()])
    rmSync(directory, { recursive: true })
  })

  async function signIn(): Promise<void> {
    const client = await independentClient(server)
    const { tokens } = await obtainTokens(server, client, 'openid profile offline_access')
    expect(tokens.refresh_token).toMatch(/^rt_/)
    const userinfo = await read(client, tokens.access_token, `${server.issuer}/userinfo`)
    expect(await userinfo.json()).toMatchObject({ name: expect.stringContaining('Alice') })
  }

  /** What needs no store. */
  async function goesOn(): Promise<void> {
    for (const path of ['/.well-known/openid-configuration', '/jwks', '/login', '/healthz']) {
      expect((await server.send(path)).status, path).toBe(200)
    }
  }

  async function refuses(path: string, body: Readonly<Record<string, string>>): Promise<void> {
    const response = await server.send(path, { method: 'POST', body: new URLSearchParams(body) })
    expect(response.status, path).toBe(503)
    expect(response.headers.get('retry-after'), path).toBe('1')
    expect(await response.json()).toMatchObject({ error: 'temporarily_unavailable' })
  }

  const recovered = { timeout: 60_000, interval: 200 }
  const push = {
    client_id: 'playground',
    response_type: 'code',
    redirect_uri: 'http://localhost:3000/playground/callback',
    scope: 'openid',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
  }
  const refresh = { grant_type: 'refresh_token', client_id: 'playground', refresh_token: 'rt_x' }

  test('the whole flow works', signIn)

  requirement(
    ['L-004', 'U-009'],
    'while Redis is away what needs it is 503, no password is tried, and everything comes back by itself',
    async () => {
      const browser = new Browser(server)
      const page = await browser.show('/login')
      redis.signal('SIGKILL')
      await vi.waitFor(() => refuses('/par', push), recovered)
      const answer = await browser.press(page, 'login', { username: 'alice', password })
      expect(answer).toMatchObject({ status: 503 })
      expect((await server.send('/readyz')).status).toBe(503)
      await goesOn()
      await redis.restart()
      await vi.waitFor(signIn, recovered)
    },
  )

  /** Of the client `web`, `ahead` seconds by its clock. */
  async function assertion(ahead = 0): Promise<string> {
    const file = join(server.env.KEYBOUND_DATA ?? '', 'clients/web.json')
    const key = await importJWK(JSON.parse(readFileSync(file, 'utf8')), 'ES256')
    const iat = Math.floor(Date.now() / 1000) + ahead
    const claims = {
      iss: 'web',
      sub: 'web',
      aud: server.issuer,
      jti: crypto.randomUUID(),
      iat,
      exp: iat + 280,
    }
    return new SignJWT(claims).setProtectedHeader({ alg: 'ES256' }).sign(key)
  }

  /** Revokes what is no token: the least that an assertion is spent for. */
  async function spend(clientAssertion: string): Promise<Response> {
    const body = new URLSearchParams({
      token: 'x',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: clientAssertion,
    })
    return server.send('/revoke', { method: 'POST', body })
  }

  requirement(
    ['L-011', 'T-028'],
    'after FLUSHALL a client assertion from before is still used, however far ahead it was dated, and a new one is accepted at once',
    async () => {
      const used = [await assertion(), await assertion(9)]
      for (const one of used) expect((await spend(one)).status).toBe(200)
      const [flushed] = await once(connect(redis.port, '127.0.0.1').end('FLUSHALL\r\n'), 'data')
      expect(`${flushed}`).toBe('+OK\r\n')
      expect((await spend(await assertion())).status).toBe(200)
      for (const one of used) {
        const refused = await spend(one)
        expect(refused.status).toBe(401)
        expect(await refused.json()).toMatchObject({
          error_description: expect.stringMatching(/^assertion\.unused: /),
        })
      }
      await vi.waitFor(signIn, recovered)
    },
  )

  requirement(
    ['L-004', 'L-023', 'I-015'],
    'while PostgreSQL is away discovery, JWKS and the login page go on, everything else is 503, and it comes back by itself',
    async () => {
      postgres.signal('SIGKILL')
      await vi.waitFor(() => refuses('/par', push), recovered)
      await refuses('/token', refresh)
      expect((await server.send('/readyz')).status).toBe(503)
      await goesOn()
      await postgres.restart()
      await vi.waitFor(signIn, recovered)
    },
  )

  requirement(
    'N-020',
    'a server without a file descriptor left answers 503 to what needs one, stays, and recovers by itself',
    async () => {
      const before = server.output().length
      const agent = new Agent({ keepAlive: true, maxSockets: 1 })
      async function onOneConnection(method: string, path: string, body = ''): Promise<IncomingMessage> {
        const headers = { 'content-type': 'application/x-www-form-urlencoded' }
        const sent = request(new URL(path, server.issuer), { agent, method, headers }).end(body)
        const [answer] = (await once(sent, 'response')) as [IncomingMessage]
        for await (const _ of answer);
        return answer
      }
      // Again where that connection was idle for too long meanwhile.
      await vi.waitFor(async () => {
        rmSync(hold, { force: true })
        expect((await onOneConnection('GET', '/healthz')).statusCode).toBe(200)
        writeFileSync(hold, '')
        postgres.signal('SIGKILL')
        await postgres.restart()
        const answer = await onOneConnection('POST', '/token', `${new URLSearchParams(refresh)}`)
        expect([answer.statusCode, answer.headers['retry-after']]).toEqual([503, '1'])
        expect((await onOneConnection('GET', '/healthz')).statusCode).toBe(200)
        expect(server.output().slice(before)).toContain('EMFILE')
      }, recovered)
      agent.destroy()
      rmSync(hold)
      await vi.waitFor(signIn, recovered)
    },
  )
})
