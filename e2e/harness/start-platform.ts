import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Platform } from './platform.ts'
import { freePorts, prepareData, readSettings, root, startKeybound } from './start-scripts.ts'

/** What the person at the keyboard has set for a platform of their own is none of the tests' business. */
const foreign =
  /^(HOST|WEB_URL|ISSUER_URL|API_URL|DATABASE_URL|LEDGER_URL|KEYBOUND_.*|DEMO_PASSWORD|LOG_LEVEL|NODE_ENV|.*_SECRET|AUTH_URL|NEXTAUTH_.*)$/

/** Playwright's global setup: the three apps on free ports with temporary data. Returns the teardown. */
export default async function startPlatform(): Promise<() => Promise<void>> {
  const data = mkdtempSync(join(tmpdir(), 'keybound-e2e-'))
  const settings = readSettings(await environment(data))
  await prepareData(settings)
  const running = await startKeybound(settings, { onDeath: (message) => console.error(message) })
  const platform: Platform = {
    web: settings.apps.web.url,
    issuer: settings.apps['auth-server'].url,
    api: settings.apps['resource-api'].url,
    profileUrl: `${settings.apps['resource-api'].url}/api/profile`,
    data,
    password: 'keybound-demo',
  }
  process.env.E2E_PLATFORM = JSON.stringify(platform)
  return async () => {
    await running.stop()
    cpSync(join(data, 'log'), join(root, 'e2e/test-results/log'), { recursive: true })
    rmSync(data, { recursive: true, force: true })
  }
}

async function environment(data: string): Promise<NodeJS.ProcessEnv> {
  const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)))
  return { ...own, ...(await freePorts()), KEYBOUND_DATA: data, NEXT_DIST_DIR: '.next-test' }
}
