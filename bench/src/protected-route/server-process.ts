import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { withAccess as honoWithAccess } from '@keybound/resource-server/hono'
import { withAccess as nodeWithAccess } from '@keybound/resource-server/node'
import { Hono } from 'hono'
import { profile, protection, verifyOnly, writeProfile } from './answer.ts'

/** What is used of Next's custom server. */
interface NextApp {
  prepare(): Promise<void>
  getRequestHandler(): RequestListener
}

/** One server with three routes that answer the same: /bare, /verified (one signature verified, nothing else) and /profile, with protection. It tells its port, and its CPU time whenever asked. */
const LISTENERS: Record<string, () => Promise<RequestListener> | RequestListener> = {
  'node:http'() {
    const protectedRoute = nodeWithAccess(protection(), 'profile', writeProfile)
    return (request, response) => {
      if (request.url === '/profile') return void protectedRoute(request, response)
      if (request.url === '/verified') verifyOnly(String(request.headers.dpop))
      writeProfile(request, response)
    }
  },
  Hono() {
    const app = new Hono()
    app.get('/bare', profile)
    app.get('/verified', (context) => {
      verifyOnly(String(context.req.header('dpop')))
      return profile()
    })
    app.get('/profile', honoWithAccess(protection(), 'profile', profile))
    return getRequestListener(app.fetch)
  },
  async 'Next.js'() {
    const { default: next } = (await import('next')) as unknown as { default: (options: object) => NextApp }
    const app = next({ dev: false, dir: new URL('../../next-app', import.meta.url).pathname })
    await app.prepare()
    return app.getRequestHandler()
  },
}

const listener = await LISTENERS[process.argv[2] ?? '']?.()
const server = createServer(listener)
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }))
process.on('message', () => process.send?.(process.cpuUsage()))
process.on('disconnect', () => process.exit())
