import { join } from 'node:path'
import process from 'node:process'
import { ledgerName } from '../ledger-name.ts'
import { makeReady } from '../make-ready.ts'
import { numberIn } from '../number-in.ts'
import { readOptions } from '../read-options.ts'
import { runCommand } from '../run-command.ts'
import { root, run, say, Trouble } from '../scripts.ts'
import type { FrontKind } from './front.ts'
import { judgeForgedHeaders } from './judge-forged-headers.ts'
import { type Cluster, startCluster } from './start-cluster.ts'

const usage = `npm run cluster [-- OPTIONS]

The whole platform on free ports of this machine, as in compose.yaml: PostgreSQL, Redis, nginx, several auth-servers and resource APIs. Then one walk
through it, and a look at whether forged headers change anything. Ctrl-C stops exactly what it started, and deletes its files.

  --replicas N     of each app (2)
  --front KIND     tls: https, a port for each app; prefix: https, one port, a path for each app; plain: http (tls)
  --ledger WHERE   redis or postgres (redis)
  --walk           ends after the walk
  --built          the apps are built already

Exit code 1 where a step of the walk was not as expected, or a forged header changed something.`

/** `npm run cluster` */
async function main(): Promise<void> {
  const values = readOptions(usage, {
    replicas: { type: 'string', default: '2' },
    front: { type: 'string', default: 'tls' },
    ledger: { type: 'string', default: 'redis' },
    walk: { type: 'boolean', default: false },
    built: { type: 'boolean', default: false },
  })
  const replicas = numberIn(values.replicas, 'replicas', { most: 16 })
  const front = frontKind(values.front)
  const ledger = ledgerName(values.ledger)
  await makeReady(ledger, values.built)
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

function frontKind(text: string): FrontKind {
  if (text === 'tls' || text === 'prefix' || text === 'plain') return text
  throw new Trouble(`--front is tls, prefix or plain, and not ${text}`)
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
  const ca = env.NODE_EXTRA_CA_CERTS
  say(`
The cluster serves at
  auth-server   ${issuer}   (${auth.map(({ port }) => port).join(', ')} behind it)
  resource API  ${api}/api/profile   (${apis.map(({ port }) => port).join(', ')})
  database      ${env.DATABASE_URL}
  ledger        ${env.LEDGER_URL ?? 'in the database'}${ca ? `\n  its CA        ${ca}` : ''}
  logs          ${join(data, 'log')}

Look around     curl ${ca ? `--cacert ${ca} ` : ''}${issuer}/.well-known/openid-configuration
Walk again      ${ca ? `NODE_EXTRA_CA_CERTS=${ca} ` : ''}ISSUER_URL=${issuer} API_URL=${api} node apps/cli/dist/main.js

Ctrl-C stops it and deletes its files.`)
}

await runCommand(main, () => say('\nStopping'))
