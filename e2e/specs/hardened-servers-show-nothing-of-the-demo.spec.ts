import { randomBytes } from 'node:crypto'
import { expect, test } from '@playwright/test'
import { type OpenPlatform, openPlatform } from '../harness/open-platform.ts'
import { freePorts } from '../harness/start-scripts.ts'
import { unprivileged } from '../harness/unprivileged.ts'

const runner = unprivileged()
let opened: OpenPlatform
let ports: Readonly<Record<string, string>>

test.describe.configure({ timeout: 180_000 })

test.skip(typeof runner === 'string', String(runner))

const secret = () => randomBytes(32).toString('base64')

test.beforeAll(async () => {
  if (typeof runner === 'string') return
  ports = await freePorts()
  opened = await openPlatform({
    set: {
      ...ports,
      KEYBOUND_MODE: 'hardened',
      ISSUER_URL: 'https://id.example',
      API_URL: 'https://api.example',
      WEB_URL: 'https://web.example',
      AUTH_SECRET: secret(),
      SEAL_SECRET: secret(),
      AUTH_NONCE_SECRET: secret(),
      API_NONCE_SECRET: secret(),
      API_CLIENT_SECRET: secret(),
    },
    only: ['auth-server', 'resource-api'],
    logs: 'e2e/test-results/log-hardened',
    ...(runner && { user: runner }),
  })
})

test.afterAll(async () => {
  await opened?.close()
})

for (const [name, port, metrics] of [
  ['auth-server', 'AUTH_PORT', 'AUTH_METRICS_PORT'],
  ['resource API', 'API_PORT', 'API_METRICS_PORT'],
] as const) {
  const at = (path: string) => `http://127.0.0.1:${ports[port]}${path}`

  test(`the ${name} has no journal and no feed when hardened: unknown paths, for whoever asks`, async () => {
    const headers = { 'keybound-trace': 'a'.repeat(24), origin: 'https://web.example' }
    for (const path of ['/journal', '/journal?secrets=live', '/events']) {
      const response = await fetch(at(path), { headers })
      expect(response.status, path).toBe(404)
      expect(await response.json(), path).toMatchObject({ error: 'not_found' })
    }
    const preflight = await fetch(at(name === 'auth-server' ? '/token' : '/api/profile'), {
      method: 'OPTIONS',
      headers: { origin: 'https://web.example', 'access-control-request-method': 'POST' },
    })
    expect(preflight.headers.get('access-control-allow-headers') ?? '').not.toMatch(/keybound-trace/i)
  })

  test(`the ${name} still counts its decisions when hardened`, async () => {
    await fetch(at(name === 'auth-server' ? '/token' : '/api/profile'), {
      method: name === 'auth-server' ? 'POST' : 'GET',
      headers: {
        dpop: 'not.a.proof',
        ...(name === 'auth-server'
          ? { 'content-type': 'application/x-www-form-urlencoded' }
          : { authorization: 'DPoP x' }),
      },
      ...(name === 'auth-server' && { body: 'grant_type=refresh_token&client_id=cli&refresh_token=x' }),
    })
    const figures = async () => (await fetch(`http://127.0.0.1:${ports[metrics]}/metrics`)).text()
    await expect
      .poll(figures)
      .toMatch(/^dpop_proofs_total\{.*outcome="rejected",check="jwt.wellformed"\} 1$/m)
  })
}
