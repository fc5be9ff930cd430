import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import { openPlatform } from '@keybound/e2e/harness/open-platform'
import { freePorts } from '@keybound/e2e/harness/start-scripts'
import { browserPage } from './browser-page.ts'
import { type Exchange, listen, openTap } from './tap.ts'

/**
 * Playwright's global setup: auth-server and resource-api with a tap at each of its public URLs, and a server on loopback that tells the tests
 * what the taps saw. Returns the teardown.
 */
export default async function startInterop(): Promise<() => Promise<void>> {
  const ports = await freePorts()
  const seen: Exchange[] = []
  const report = (exchange: Exchange) => void seen.push(exchange)
  const authServer = await openTap('auth-server', `http://127.0.0.1:${ports.AUTH_PORT}`, report)
  const api = await openTap('api', `http://127.0.0.1:${ports.API_PORT}`, report)
  const wire = createServer((request, response) => {
    const from = Number(new URL(request.url ?? '/', 'http://wire').searchParams.get('from'))
    response.end(JSON.stringify({ count: seen.length, exchanges: seen.slice(from) }))
  })
  const page = createServer(
    await browserPage({ issuer: authServer.url, profileUrl: `${api.url}/api/profile` }),
  )
  const initialAccessToken = randomBytes(32).toString('base64url')
  const { platform, close } = await openPlatform({
    set: {
      ...ports,
      ISSUER_URL: authServer.url,
      API_URL: api.url,
      WEB_URL: `http://localhost:${await listen(page)}`,
      INITIAL_ACCESS_TOKEN: initialAccessToken,
    },
    // At the web app's URL is a client of somebody else's.
    only: ['auth-server', 'resource-api'],
    logs: 'interop/test-results/log',
  })
  process.env.E2E_PLATFORM = JSON.stringify(platform)
  process.env.INTEROP_WIRE = `http://127.0.0.1:${await listen(wire)}`
  process.env.INTEROP_REGISTRATION = initialAccessToken
  return async () => {
    await close()
    for (const server of [authServer, api, wire, page]) server.close()
  }
}
