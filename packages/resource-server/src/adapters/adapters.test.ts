import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { OAuthError } from '@keybound/oauth'
import { requirement } from '@keybound/testkit'
import { Hono } from 'hono'
import { describe, expect, test } from 'vitest'
import { type ProtectedProfile, protectedProfile } from '../../test/protected-profile.ts'
import { withAccess as withExpressAccess } from './express.ts'
import { withAccess as withHonoAccess } from './hono.ts'
import { withAccess as withNextAccess } from './next.ts'
import { withAccess as withNodeAccess } from './node.ts'

async function good(profile: ProtectedProfile): Promise<Request> {
  const token = await profile.token()
  return profile.request({ token, proof: await profile.proof(token) })
}

describe('Next.js', () => {
  test('a route handler is given request, access and context', async () => {
    const profile = protectedProfile()
    const GET = withNextAccess<{ id: number }>(profile.answer, 'profile', (request, { subject }, { id }) =>
      Response.json({ method: request.method, subject, id }),
    )
    const response = await GET(await good(profile), { id: 7 })
    expect(await response.json()).toEqual({ method: 'GET', subject: 'alice', id: 7 })
    expect((await GET(profile.request({}), { id: 7 })).status).toBe(401)
  })
})

describe('Hono', () => {
  test('a handler is given context and access', async () => {
    const profile = protectedProfile()
    const app = new Hono()
    app.get(
      '/api/profile',
      withHonoAccess(profile.answer, { scope: 'profile' }, (c, { subject }) => c.json({ subject })),
    )
    const response = await app.request(await good(profile))
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ subject: 'alice' })
    const refused = await app.request(profile.request({}))
    expect(refused.status).toBe(401)
    expect(refused.headers.get('www-authenticate')).toMatch(/^DPoP /)
  })
})

/** Runs the exchange against a listener on a port of its own. */
async function withServer(
  listener: RequestListener,
  exchange: (origin: string) => Promise<void>,
): Promise<void> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    await exchange(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  } finally {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
}

describe('node:http', () => {
  test('a listener is given the request with its body, and access', async () => {
    const profile = protectedProfile()
    const listener = withNodeAccess(profile.answer, 'profile', async (req, res, { subject }) => {
      let body = ''
      for await (const chunk of req) body += chunk
      res.end(JSON.stringify({ subject, body }))
    })
    await withServer(listener, async (origin) => {
      const token = await profile.token()
      const proof = await profile.proof(token, { method: 'POST' })
      const headers = { authorization: `DPoP ${token}`, dpop: proof }
      const response = await fetch(`${origin}/api/profile?x=1`, { method: 'POST', headers, body: 'hello' })
      expect(await response.json()).toEqual({ subject: 'alice', body: 'hello' })
      const refused = await fetch(`${origin}/api/profile`)
      expect(refused.status).toBe(401)
      expect(refused.headers.get('www-authenticate')).toMatch(/^DPoP /)
    })
  })

  test('an answer is kept by no cache and carries a newer nonce, and a refusal by the handler becomes the answer', async () => {
    const profile = protectedProfile()
    const token = await profile.token()
    const old = (await profile.nonce()) ?? ''
    profile.clock.advance(60)
    const listener = withNodeAccess(profile.answer, 'profile', (req, res) => {
      if (req.method === 'GET') return void res.end('served')
      throw new OAuthError('insufficient_scope', 'scope.enough', 'nothing is deleted here')
    })
    await withServer(listener, async (origin) => {
      const send = async (method: string) => {
        const proof = await profile.proof(token, { method, nonce: old })
        return fetch(origin, { method, headers: { authorization: `DPoP ${token}`, dpop: proof } })
      }
      const served = await send('GET')
      expect(await served.text()).toBe('served')
      expect(Object.fromEntries(served.headers)).toMatchObject({
        'cache-control': 'no-store',
        'access-control-expose-headers': 'DPoP-Nonce, WWW-Authenticate, Date',
        'dpop-nonce': await profile.nonce(),
      })
      const refused = await send('DELETE')
      expect(refused.status).toBe(403)
      expect(refused.headers.get('www-authenticate')).toMatch(/^DPoP error="insufficient_scope"/)
    })
  })

  test('leaves what was set on the answer before to be read by pages of other origins', async () => {
    const profile = protectedProfile()
    const protectedRoute = withNodeAccess(profile.answer, 'profile', (_, res) => void res.end('served'))
    const listener: RequestListener = (req, res) => {
      res.setHeader('access-control-expose-headers', 'X-Total')
      void protectedRoute(req, res)
    }
    await withServer(listener, async (origin) => {
      const token = await profile.token()
      const headers = { authorization: `DPoP ${token}`, dpop: await profile.proof(token) }
      for (const init of [{ headers }, {}]) {
        const { headers: answered } = await fetch(origin, init)
        expect(answered.get('access-control-expose-headers')).toBe(
          'X-Total, DPoP-Nonce, WWW-Authenticate, Date',
        )
      }
    })
  })

  test('a request target that is no path is refused like any other request without a token', async () => {
    const listener = withNodeAccess(protectedProfile().answer, 'profile', () => undefined)
    const statuses: (number | undefined)[] = []
    for (const url of ['//', '//[', '/\\', 'http://', 'http://[', '*', '']) {
      const req = { rawHeaders: [], method: 'GET', url } as unknown as IncomingMessage
      const res = { statusCode: 0, getHeader() {}, setHeader() {}, end() {} }
      await listener(req, res as never)
      statuses.push(res.statusCode)
    }
    expect(statuses).toEqual([401, 401, 401, 401, 401, 401, 401])
  })

  requirement(
    ['P-003', 'P-005', 'S-007'],
    'sees every header line, so that two of one are refused',
    async () => {
      const profile = protectedProfile()
      const token = await profile.token()
      const proof = await profile.proof(token)
      const statuses: (number | undefined)[] = []
      const listener = withNodeAccess(profile.answer, 'profile', () => undefined)
      for (const rawHeaders of [
        ['DPoP', proof, 'DPoP', proof, 'Authorization', `DPoP ${token}`],
        ['DPoP', proof, 'Authorization', `DPoP ${token}`, 'Authorization', `Bearer ${token}`],
      ]) {
        const req = { rawHeaders, method: 'GET', url: '/api/profile' } as unknown as IncomingMessage
        const res = { statusCode: 0, getHeader() {}, setHeader() {}, end() {} }
        await listener(req, res as never)
        statuses.push(res.statusCode)
      }
      expect(statuses).toEqual([401, 400])
      expect(profile.spent()).toBe(0)
    },
  )
})

describe('Express', () => {
  test('a fault that is none of the protocol goes to next', async () => {
    const profile = protectedProfile()
    const faults: unknown[] = []
    const route = withExpressAccess(profile.answer, 'profile', () =>
      Promise.reject(new RangeError('a mistake')),
    )
    const listener: RequestListener = (req, res) => {
      route(req, res, (fault) => {
        faults.push(fault)
        res.end()
      })
    }
    await withServer(listener, async (origin) => {
      const token = await profile.token()
      const headers = { authorization: `DPoP ${token}`, dpop: await profile.proof(token) }
      await fetch(`${origin}/api/profile`, { headers })
      expect(faults).toEqual([expect.any(RangeError)])
      expect((await fetch(`${origin}/api/profile`)).status).toBe(401)
      expect(faults).toHaveLength(1)
    })
  })
})
