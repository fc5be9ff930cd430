import { getRequestListener } from '@hono/node-server'
import { openFrontDoor, requireSafeProcess, trustedProxies } from '@keybound/front-door'
import { openMonitor } from '@keybound/monitoring'
import { systemClock } from '@keybound/oauth'
import { createApp } from './app.ts'
import { openStorage, wire } from './dependencies.ts'
import { readEnv } from './env.ts'
import { createLog } from './log/create-log.ts'
import { sweepEvery } from './sweep-every.ts'

/** Seconds between two sweeps of what nobody can use any more, each with a look at the signing keys. */
const sweepInterval = 60

async function main(): Promise<void> {
  // Whatever this process makes is for its user alone.
  process.umask(0o077)
  const env = readEnv()
  if (env.mode === 'hardened') requireSafeProcess()
  const log = createLog({ level: env.logLevel })
  const storage = await openStorage(env)
  const dependencies = await wire(env, storage, log)
  const app = createApp(dependencies, trustedProxies(env.trustedProxies))
  const sweeping = sweepEvery(
    sweepInterval,
    {
      async sweep(now) {
        await dependencies.rotateKeys()
        await storage.stores.sweep(now)
      },
    },
    dependencies,
  )

  const listener = getRequestListener(app.fetch)
  const { host: publicHost } = new URL(env.issuer)
  const { base: basePath } = dependencies.site

  const { nonces, proofPolicy: policy } = dependencies.server
  const monitor = await openMonitor({
    name: 'auth-server',
    baseUrl: env.issuer,
    clock: systemClock,
    metrics: env.metrics,
    ledgerEntries: storage.ledgerEntries,
    ...(env.mode === 'demo' && { demo: { webOrigin: env.webOrigin, nonces, policy } }),
    onSecurityEvent: log.security,
  })

  const door = await openFrontDoor({
    onRequest: monitor.watch,
    onPutOff: monitor.putOff,
    handler: monitor.serve((req, res) => {
      // The URL of every request is made of the public host, whatever the client calls us.
      req.headers.host = publicHost
      return listener(req, res)
    }),
    host: env.host,
    port: env.port,
    basePath,
    trustedProxies: env.trustedProxies,
    onFault: (fault) => log.fault(fault),
  })
  process.stdout.write(
    `auth-server listening on ${door.url}, issuer ${env.issuer}, metrics ${monitor.metricsUrl}\n`,
  )

  async function stop(): Promise<void> {
    await monitor.close()
    await door.close()
    await sweeping.stop()
    await storage.close()
    process.exit(0)
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})
