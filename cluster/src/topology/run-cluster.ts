import { join } from 'node:path'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { build } from '../build.ts'
import { complain, root, run, say } from '../scripts.ts'
import type { FrontKind } from './front.ts'
import { type Cluster, startCluster } from './start-cluster.ts'

/**
 * `npm run cluster [-- --replicas 3] [--front tls|prefix|plain] [--ledger redis|postgres] [--walk]`: the whole platform on this
 * machine, as in compose.yaml, and one walk through it. Ctrl-C stops exactly what it started; with --walk it ends by itself.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      replicas: { type: 'string', default: '2' },
      front: { type: 'string', default: 'tls' },
      ledger: { type: 'string', default: 'redis' },
      walk: { type: 'boolean', default: false },
    },
  })
  const replicas = Number(values.replicas)
  if (!(replicas >= 1 && replicas <= 16)) throw new TypeError('--replicas wants a number from 1 to 16')
  if (!['tls', 'prefix', 'plain'].includes(values.front))
    throw new TypeError('--front is tls, prefix or plain')
  if (!['redis', 'postgres'].includes(values.ledger)) throw new TypeError('--ledger is redis or postgres')

  const stopped = signalled()
  await build()
  const cluster = await startCluster({
    replicas,
    front: values.front as FrontKind,
    ledger: values.ledger as 'redis' | 'postgres',
    report: (line) => say(`  ✓ ${line}`),
  })
  try {
    const walked = await walk(cluster)
    if (!walked) process.exitCode = 1
    if (values.walk || !walked) return
    describe(cluster)
    await stopped
  } finally {
    say('Stopping')
    await cluster.stop()
  }
}

async function walk({ env }: Cluster): Promise<boolean> {
  const cli = join(root, 'apps/cli/dist/main.js')
  const { code } = await run(process.execPath, [cli], { env, show: true, anyCode: true })
  return code === 0
}

function describe({ issuer, api, env, auth, apis, data }: Cluster): void {
  say(`
The cluster serves at
  auth-server   ${issuer}   (${auth.map(({ port }) => port).join(', ')} behind it)
  resource API  ${api}/api/profile   (${apis.map(({ port }) => port).join(', ')})
  database      ${env.DATABASE_URL}
  ledger        ${env.LEDGER_URL ?? 'in the database'}${env.NODE_EXTRA_CA_CERTS ? `\n  its CA        ${env.NODE_EXTRA_CA_CERTS}` : ''}
  logs          ${join(data, 'log')}

Ctrl-C stops it and deletes its files.`)
}

/** Resolves at the first Ctrl-C; a second one ends at once. */
function signalled(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        process.once(signal, () => process.exit(130))
        resolve()
      })
    }
  })
}

try {
  await main()
} catch (error) {
  complain(error)
  process.exitCode = 1
}
