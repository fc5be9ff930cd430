import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import {
  freePort,
  missingServers,
  type Postgres,
  type Redis,
  type ServerProcess,
  startNginx,
  startPostgres,
  startRedis,
  throwAwayCa,
} from '@keybound/testkit/servers'
import type { LedgerName } from '../ledger-name.ts'
import { prepareData, Trouble } from '../scripts.ts'
import { type FrontKind, nginxHttp, type PublicUrls, publicUrls } from './front.ts'
import { type Replica, startReplica } from './replica.ts'

export interface ClusterOptions {
  /** Of each app. */
  readonly replicas: number
  readonly front: FrontKind
  /** Where the ledger is. */
  readonly ledger: LedgerName
  /** More of the environment of every replica. */
  readonly env?: NodeJS.ProcessEnv
  readonly postgres?: Readonly<Record<string, string | number>>
  readonly report?: (line: string) => void
}

/** Everything of one platform on this machine, each part of which can be made to fail. */
export interface Cluster extends PublicUrls {
  /** The environment of the apps; what a client needs of it are ISSUER_URL, API_URL and NODE_EXTRA_CA_CERTS. */
  readonly env: NodeJS.ProcessEnv
  readonly data: string
  readonly auth: readonly Replica[]
  readonly apis: readonly Replica[]
  readonly postgres: Postgres
  readonly redis?: Redis
  readonly nginx: ServerProcess
  /** Stops exactly what was started, and deletes its files. */
  stop(): Promise<void>
}

/** What the person at the keyboard has set for a platform of their own is none of the cluster's business. */
const foreign =
  /^(HOST|.*_PORT|WEB_URL|ISSUER_URL|API_URL|DATABASE_URL|LEDGER_URL|KEYBOUND_.*|DEMO_PASSWORD|LOG_LEVEL|NODE_ENV|.*_SECRET|TRUSTED_PROXIES|SECURITY_PROFILE)$/

/** Throws Trouble that names each program that is missing and says how to install it. */
export function requirePrograms(ledger: ClusterOptions['ledger']): void {
  const missing = missingServers(['PostgreSQL', 'nginx', ...(ledger === 'redis' ? (['Redis'] as const) : [])])
  if (missing.length > 0) throw new Trouble(missing.join('\n'))
}

/** Throws Trouble where a program is missing. The apps must be built. */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const { replicas, front, ledger, report = () => {} } = options
  requirePrograms(ledger)
  const parts: (() => Promise<unknown>)[] = []
  const stopAll = async () => {
    while (parts.length > 0) await parts.pop()?.()
  }
  async function part<Part extends { stop(): Promise<void> }>(
    what: string,
    starting: Promise<Part>,
  ): Promise<Part> {
    const started = await starting
    parts.push(() => started.stop())
    report(what)
    return started
  }

  const data = mkdtempSync(join(tmpdir(), 'keybound-cluster-'))
  const clean = () => rmSync(data, { recursive: true, force: true })
  process.once('exit', clean)
  parts.push(async () => {
    process.off('exit', clean)
    clean()
  })
  try {
    const tls = front === 'plain' ? undefined : await throwAwayCa(data)
    const postgres = await part('PostgreSQL', startPostgres({ max_connections: 200, ...options.postgres }))
    const redis = ledger === 'redis' ? await part('Redis', startRedis()) : undefined
    const [authPort, apiPort] = [await freePort(), await freePort()]
    const urls = publicUrls(front, authPort, apiPort)
    const env = {
      ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name))),
      HOST: '127.0.0.1',
      KEYBOUND_DATA: join(data, 'keybound'),
      KEYBOUND_REPLICAS: `${replicas}`,
      DATABASE_URL: postgres.url(),
      ...(redis && { LEDGER_URL: redis.url }),
      ISSUER_URL: urls.issuer,
      API_URL: urls.api,
      TRUSTED_PROXIES: '127.0.0.1',
      NEXT_TELEMETRY_DISABLED: '1',
      ...(tls && { NODE_EXTRA_CA_CERTS: tls.ca }),
      ...options.env,
    }
    await prepareData({ env } as never, report)

    const start = async (app: Replica['app'], index: number) => {
      const log = join(data, 'log', `${app}-${index}.log`)
      return part(`${app} ${index}`, startReplica({ app, port: await freePort(), env, log }))
    }
    const numbers = Array.from({ length: replicas }, (_, index) => index)
    // One after the other: the first one makes the signing keys.
    const auth: Replica[] = []
    for (const index of numbers) auth.push(await start('auth-server', index))
    const apis: Replica[] = []
    for (const index of numbers) apis.push(await start('resource-api', index))

    const [authPorts, apiPorts] = [auth.map(({ port }) => port), apis.map(({ port }) => port)]
    const http = nginxHttp({
      kind: front,
      authPort,
      apiPort,
      auth: authPorts,
      apis: apiPorts,
      ...(tls && { tls }),
    })
    const nginx = await part(
      'nginx',
      startNginx((port) => `${http}\n  server { listen 127.0.0.1:${port}; return 204; }`),
    )
    return { ...urls, env, data, auth, apis, postgres, ...(redis && { redis }), nginx, stop: stopAll }
  } catch (error) {
    await stopAll()
    throw error
  }
}
