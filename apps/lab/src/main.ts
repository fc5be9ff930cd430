import { defaultProofPolicy } from '@keybound/dpop'
import { openFrontDoor } from '@keybound/front-door'
import { openMonitor } from '@keybound/monitoring'
import { systemClock } from '@keybound/oauth'
import { controlHandler } from './control/answer-control.ts'
import { readEnv } from './env.ts'
import { openTargets } from './world/open-targets.ts'

async function main(): Promise<void> {
  const env = readEnv()
  const monitor = await openMonitor({
    name: 'lab',
    baseUrl: env.labUrl,
    clock: systemClock,
    metrics: env.metrics,
    // The id of a world is its visitor's alone.
    endpointOf: (path) => path.replace(/^\/w\/[\w-]+/, ''),
    demo: { webOrigin: env.webOrigin, nonces: undefined, policy: defaultProofPolicy },
  })
  const targets = await openTargets(systemClock, monitor.watch)
  const door = await openFrontDoor({
    onRequest: monitor.watch,
    handler: monitor.serve(controlHandler({ worlds: targets.worlds, webOrigin: env.webOrigin })),
    host: env.host,
    port: env.port,
    onFault: (fault) => process.stderr.write(`${fault instanceof Error ? fault.stack : String(fault)}\n`),
  })
  process.stdout.write(`lab listening on ${door.url}, metrics ${monitor.metricsUrl}\n`)

  async function stop(): Promise<void> {
    await monitor.close()
    await door.close()
    await targets.close()
    process.exit(0)
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})
