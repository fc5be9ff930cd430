import { chownSync, cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Platform } from './platform.ts'
import { freePorts, prepareData, readSettings, root, startKeybound } from './start-scripts.ts'

/** What the person at the keyboard has set for a platform of their own is none of the tests' business. */
const foreign =
  /^(HOST|METRICS_HOST|WEB_URL|ISSUER_URL|API_URL|DATABASE_URL|LEDGER_URL|KEYBOUND_.*|DEMO_PASSWORD|LOG_LEVEL|NODE_ENV|.*_SECRET|AUTH_URL|NEXTAUTH_.*)$/

export interface OpenPlatform {
  readonly platform: Platform
  /** Ends the apps, and keeps their logs in `e2e/test-results/log` or wherever `logs` said. */
  close(): Promise<void>
}

/** The three apps, or those of `only`, on free ports with temporary data, as built by build:test. `set` is their environment beside the usual one. */
export async function openPlatform(
  options: {
    readonly set?: Readonly<Record<string, string>>
    readonly only?: readonly ('auth-server' | 'resource-api' | 'web')[]
    readonly logs?: string
    /** Who runs them, where it is not this user. The data is theirs. */
    readonly user?: { readonly uid: number; readonly gid: number }
  } = {},
): Promise<OpenPlatform> {
  const data = mkdtempSync(join(tmpdir(), 'keybound-e2e-'))
  const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)))
  const settings = readSettings({
    ...own,
    ...(await freePorts()),
    ...options.set,
    KEYBOUND_DATA: data,
    NEXT_DIST_DIR: '.next-test',
  })
  if (options.user) {
    settings.user = options.user
    chownSync(data, options.user.uid, options.user.gid)
  }
  await prepareData(settings)
  const onDeath = (message: string) => console.error(message)
  const running = await startKeybound(settings, { onDeath, ...(options.only && { only: options.only }) })
  return {
    platform: {
      web: settings.apps.web.url,
      issuer: settings.apps['auth-server'].url,
      api: settings.apps['resource-api'].url,
      lab: settings.apps.lab.url,
      profileUrl: `${settings.apps['resource-api'].url}/api/profile`,
      data,
      metrics: {
        'auth-server': `http://127.0.0.1:${settings.env.AUTH_METRICS_PORT}/metrics`,
        'resource-api': `http://127.0.0.1:${settings.env.API_METRICS_PORT}/metrics`,
        lab: `http://127.0.0.1:${settings.env.LAB_METRICS_PORT}/metrics`,
      },
      password: 'keybound-demo',
    },
    async close() {
      await running.stop()
      cpSync(join(data, 'log'), join(root, options.logs ?? 'e2e/test-results/log'), { recursive: true })
      rmSync(data, { recursive: true, force: true })
    },
  }
}
