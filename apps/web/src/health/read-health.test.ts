import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { readHealth } from './read-health.ts'

const servers: Server[] = []

async function app(status: number): Promise<string> {
  const server = createServer((_, response) => response.writeHead(status).end('{}'))
  servers.push(server)
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((closed) => server.close(closed))))
})

async function statuses(web: number, auth: number, api: number | undefined) {
  const env = {
    webUrl: await app(web),
    issuer: await app(auth),
    // Port 9 (discard): nobody listens there.
    apiUrl: api === undefined ? 'http://127.0.0.1:9' : await app(api),
  }
  return Object.fromEntries((await readHealth(env)).map(({ name, status }) => [name, status]))
}

it('tells an app that is down from one whose store is', async () => {
  expect(await statuses(200, 200, 200)).toMatchObject({ web: 'up', store: 'up' })
  expect(await statuses(200, 503, undefined)).toEqual({
    web: 'up',
    'auth-server': 'not ready',
    'resource-api': 'down',
    store: 'down',
  })
})

it('names the command that starts what is down', async () => {
  const health = await readHealth({
    webUrl: await app(200),
    issuer: 'http://127.0.0.1:9',
    apiUrl: await app(200),
  })
  expect(health.find(({ status }) => status === 'down')?.command).toBe(
    'npm start -w @keybound/auth-server-app',
  )
})
