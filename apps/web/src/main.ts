import { type IncomingMessage, Server, type ServerResponse } from 'node:http'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type FrontDoor, openFrontDoor, requireSafeProcess } from '@keybound/front-door'
import { EnvError, isDevelopment, prepareEnv } from './env.ts'
import { keepNativeFetch } from './http/native-fetch.ts'
import { responseHeaders } from './http/response-headers.ts'
import { createLog } from './log.ts'
import { shared } from './shared.ts'

/** apps/web, from src/main.ts and from dist/main.js alike; the working directory does not matter. */
const app = join(dirname(fileURLToPath(import.meta.url)), '..')

async function start(): Promise<void> {
  // Whatever this process makes is for its user alone.
  process.umask(0o077)
  const env = prepareEnv(join(app, '..', '..'))
  if (env.mode === 'hardened') requireSafeProcess()
  const log = createLog(env.logLevel)
  keepNativeFetch()
  // Next reads NODE_ENV while it loads.
  const { default: createNext } = await import('next')
  // Next adds its listener for upgrades to this server, which never opens: the front door decides alone what it gets.
  const upgrades = new Server()
  const next = createNext({
    dev: isDevelopment(),
    dir: app,
    hostname: env.host,
    port: env.port,
    quiet: true,
    httpServer: upgrades,
  })
  await next.prepare()
  const handle = next.getRequestHandler()
  const headers = responseHeaders(env.webUrl)
  const door = await openFrontDoor({
    host: env.host,
    port: env.port,
    handler(req: IncomingMessage, res: ServerResponse) {
      for (const [name, value] of headers) res.setHeader(name, value)
      return handle(req, res)
    },
    onFault: (fault) => log.error({ err: fault }, 'a request failed'),
    // Hot reload, without which no page of a development build comes to life. (Next's own getUpgradeHandler leaves the socket as it is.)
    ...(isDevelopment() && { upgrade: (req, socket, head) => upgrades.emit('upgrade', req, socket, head) }),
  })
  process.stdout.write(`web listens on ${env.webUrl}\n`)
  closeOnSignal(door, () => next.close())
}

function closeOnSignal(door: FrontDoor, closeNext: () => Promise<void>): void {
  let closing = false
  const close = async () => {
    if (closing) return
    closing = true
    await door.close()
    await closeNext()
    await shared.web?.then((web) => web.close()).catch(() => {})
    process.exit(0)
  }
  process.on('SIGTERM', close)
  process.on('SIGINT', close)
}

start().catch((fault: unknown) => {
  const message =
    fault instanceof EnvError
      ? fault.message
      : fault instanceof Error
        ? (fault.stack ?? fault.message)
        : String(fault)
  process.stderr.write(`web did not start: ${message}\n`)
  process.exit(1)
})
