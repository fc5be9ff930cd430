import { Server } from 'node:http'
import { fileURLToPath } from 'node:url'
import { createNonces, defaultProofPolicy } from '@keybound/dpop/server'
import { openFrontDoor, requireSafeProcess } from '@keybound/front-door'
import { openMonitor } from '@keybound/monitoring'
import { systemClock } from '@keybound/oauth'
import { openDependencies } from './dependencies.ts'
import { prepareProcess, readEnv } from './env.ts'
import { createListener } from './listener.ts'
import { publish } from './resource-api.ts'

/** The folder of this app, from src/main.ts and from dist/main.js alike; the working directory does not matter. */
const dir = fileURLToPath(new URL('..', import.meta.url))

/** Seconds between two sweeps of proofs that could no longer be accepted. */
const sweepInterval = 60

async function main(): Promise<void> {
  // Whatever this process makes is for its user alone.
  process.umask(0o077)
  prepareProcess()
  const env = readEnv()
  if (env.mode === 'hardened') requireSafeProcess()
  const dependencies = await openDependencies(env)
  publish(dependencies)

  // Next reads NODE_ENV while it loads.
  const { default: createNext } = await import('next')
  const next = createNext({
    dev: env.development,
    dir,
    hostname: env.host,
    port: env.port,
    quiet: true,
    // Next adds a listener for upgrades, here to a server that never opens: this API has no pages to reload.
    httpServer: new Server(),
  })
  await next.prepare()
  const { webOrigin } = env
  const demo = { webOrigin, nonces: createNonces({ secret: env.nonceSecret }), policy: defaultProofPolicy }
  const monitor = await openMonitor({
    name: 'resource-api',
    baseUrl: env.apiUrl,
    clock: systemClock,
    metrics: env.metrics,
    ledgerEntries: dependencies.ledgerEntries,
    ...(env.mode === 'demo' && { demo }),
    onSecurityEvent: dependencies.log.security,
  })
  const door = await openFrontDoor({
    onRequest: monitor.watch,
    onPutOff: monitor.putOff,
    handler: monitor.serve(
      createListener({ next: next.getRequestHandler(), webOrigin, publicUrl: env.apiUrl }),
    ),
    host: env.host,
    port: env.port,
    onFault: (fault) => dependencies.log.fault(fault),
  })
  process.stdout.write(
    `resource-api listening on ${door.url}, resource ${env.resource}, metrics ${monitor.metricsUrl}\n`,
  )

  const sweeping = setInterval(() => dependencies.sweep().catch(dependencies.log.fault), sweepInterval * 1000)
  let stopping = false
  async function stop(): Promise<void> {
    if (stopping) return
    stopping = true
    clearInterval(sweeping)
    await monitor.close()
    await door.close()
    await next.close()
    await dependencies.close()
    process.exit(0)
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})
