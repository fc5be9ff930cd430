import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from '@playwright/test'
import { startExample } from '../harness/start-example.ts'
import { freePorts, prepareData, readSettings, root, startKeybound } from '../harness/start-scripts.ts'

const run = promisify(execFile)
const registrationToken = 'an-initial-access-token-of-thirty-two-bytes'

let settings: ReturnType<typeof readSettings>
let authServer: Awaited<ReturnType<typeof startKeybound>>
let urls: { ISSUER_URL: string; API_URL: string; WEB_URL: string }

// An auth-server of their own: its API and its web app are the examples.
test.describe.configure({ mode: 'serial', timeout: 240_000 })

test.beforeAll(async () => {
  test.setTimeout(240_000)
  const data = mkdtempSync(join(tmpdir(), 'keybound-examples-'))
  const own = { PATH: process.env.PATH, KEYBOUND_DATA: data, NEXT_DIST_DIR: '.next-test' }
  settings = readSettings({ ...own, ...(await freePorts()), INITIAL_ACCESS_TOKEN: registrationToken })
  await prepareData(settings)
  authServer = await startKeybound(settings, { only: ['auth-server'] })
  const { web, 'auth-server': server, 'resource-api': api } = settings.apps
  urls = { ISSUER_URL: server.url, API_URL: api.url, WEB_URL: web.url }
})

test.afterAll(async () => {
  await authServer?.stop()
  rmSync(settings.data, { recursive: true, force: true })
})

async function readProfileAsService(): Promise<string> {
  const env = { PATH: process.env.PATH, ...urls, CLIENT_KEY: join(settings.data, 'clients/service.json') }
  const tsx = join(root, 'node_modules/.bin/tsx')
  const { stdout } = await run(tsx, [join(root, 'examples/minimal/node-client/client.ts')], {
    env,
    timeout: 60_000,
  })
  return stdout
}

const apis = {
  'hono-api': ['tsx', 'hono-api/server.ts'],
  'express-api': ['tsx', 'express-api/server.ts'],
  'next-route': ['next', 'dev', 'next-route'],
} as const

for (const [name, command] of Object.entries(apis)) {
  test(`the client of node-client reads from ${name}, and nobody without a proof does`, async () => {
    const { port, url } = settings.apps['resource-api']
    const profile = `${url}/api/profile`
    const words: [string, ...string[]] =
      name === 'next-route' ? [...command, '--port', String(port)] : [...command]
    const api = await startExample(words, urls, profile)
    try {
      const told = await readProfileAsService()
      expect(told).toContain("sub: 'client:service'")
      expect(told).toMatch(/provedBy: '[\w-]{43}'/)
      const refused = await fetch(profile, { headers: { authorization: 'Bearer of-anything' } })
      expect(refused.status).toBe(401)
      expect(refused.headers.get('www-authenticate')).toMatch(/^DPoP /)
    } finally {
      await api.stop()
    }
  })
}

test('the page of browser-client signs in and reads the profile', async ({ page }) => {
  const { url } = settings.apps.web
  const registered = await fetch(`${urls.ISSUER_URL}/register`, {
    method: 'POST',
    headers: { authorization: `Bearer ${registrationToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      client_name: 'Browser example',
      redirect_uris: [`${url}/`],
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code'],
      scope: 'openid profile',
      dpop_bound_access_tokens: true,
    }),
  })
  expect(registered.status).toBe(201)
  const { client_id: clientId } = (await registered.json()) as { client_id: string }
  const full = await startKeybound(settings, { only: ['resource-api'] })
  const client = await startExample(
    ['tsx', 'browser-client/server.ts'],
    { ...urls, CLIENT_ID: clientId },
    url,
  )
  try {
    await page.goto(url)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByLabel('Username').fill('alice')
    await page.getByLabel('Password').fill('keybound-demo')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('button', { name: /allow/i }).click()
    await expect(page.getByRole('status')).toContainText('alice@')
    expect(new URL(page.url()).search).toBe('')
  } finally {
    await client.stop()
    await full.stop()
  }
})
