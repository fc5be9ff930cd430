import { join } from 'node:path'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { build } from '../build.ts'
import { ledgerName } from '../ledger-name.ts'
import { runCommand } from '../run-command.ts'
import { root, run, say } from '../scripts.ts'
import type { FrontKind } from './front.ts'
import { judgeForgedHeaders } from './judge-forged-headers.ts'
import { type Cluster, requirePrograms, startCluster } from './start-cluster.ts'

/**
 * `npm run cluster [-- --replicas 3] [--front tls|prefix|plain] [--ledger redis|postgres] [--walk] [--built]`: the whole platform on this
 * machine, as in compose.yaml, one walk through it, and a look at whether forged headers change anything. Ctrl-C stops exactly what it
 * started; with --walk it ends by itself.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      replicas: { type: 'string', default: '2' },
      front: { type: 'string', default: 'tls' },
      ledger: { type: 'string', default: 'redis' },
      walk: { type: 'boolean', default: false },
      built: { type: 'boolean', default: false },
    },
  })
  const replicas = Number(values.replicas)
  if (!(replicas >= 1 && replicas <= 16)) throw new TypeError('--replicas wants a number from 1 to 16')
  if (!['tls', 'prefix', 'plain'].includes(values.front))
    throw new TypeError('--front is tls, prefix or plain')
  if (!['redis', 'postgres'].includes(values.ledger)) throw new TypeError('--ledger is redis or postgres')

  const ledger = ledgerName(values.ledger)
  requirePrograms(ledger)
  if (!values.built) await build()
  const front = values.front as FrontKind
  const cluster = await startCluster({ replicas, front, ledger, report: (line) => say(`  ✓ ${line}`) })
  try {
    const good = (await walk(cluster)) && (await withstandsForgeries(cluster))
    if (!good) process.exitCode = 1
    if (values.walk || !good) return
    describe(cluster)
    await new Promise(() => {})
  } finally {
    await cluster.stop()
  }
}

async function walk({ env }: Cluster): Promise<boolean> {
  const cli = join(root, 'apps/cli/dist/main.js')
  const { code } = await run(process.execPath, [cli], { env, show: true, anyCode: true })
  return code === 0
}

async function withstandsForgeries(cluster: Cluster): Promise<boolean> {
  const changed = await judgeForgedHeaders(cluster)
  if (changed.length === 0) say('  ✓ forged Host, Forwarded and X-Forwarded-* through nginx change nothing')
  for (const sentence of changed) say(`  ✗ forged headers: ${sentence}`)
  return changed.length === 0
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

await runCommand(main, () => say('\nStopping'))
