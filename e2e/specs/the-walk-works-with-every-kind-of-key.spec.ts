import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from '@playwright/test'
import { findBrowser } from '../harness/find-browser.ts'
import { platform } from '../harness/platform.ts'
import { root } from '../harness/start-scripts.ts'

const run = promisify(execFile)

async function walk(kind: string, env: Record<string, string> = {}): Promise<string> {
  const { web, issuer, api, data, password } = platform()
  const urls = { WEB_URL: web, ISSUER_URL: issuer, API_URL: api }
  const words = [join(root, 'apps/cli/dist/main.js'), `--key=${kind}`]
  const environment = {
    PATH: process.env.PATH,
    KEYBOUND_DATA: data,
    DEMO_PASSWORD: password,
    ...urls,
    ...env,
  }
  const { stdout } = await run(process.execPath, words, { env: environment, timeout: 50_000 })
  return stdout
}

test('the walk goes to its end with a key in memory', async () => {
  expect(await walk('memory')).toContain('Done: every step was as expected')
})

test('the walk goes to its end with a key in a sealed file, the same one the next time', async () => {
  const passphrase = { KEY_PASSPHRASE: 'correct horse battery' }
  const thumbprint = /thumbprint\s+([\w-]{43})/
  const [, first] = thumbprint.exec(await walk('file', passphrase)) ?? []
  const [, second] = thumbprint.exec(await walk('file', passphrase)) ?? []
  expect(first).toHaveLength(43)
  expect(second).toBe(first)
})

test('the walk goes to its end with a key that a real browser keeps', async () => {
  const told = await walk('browser', { CHROMIUM_PATH: findBrowser() })
  expect(told).toContain('InvalidAccessError')
  expect(told).toContain('Done: every step was as expected')
})

test('the walk goes to its end at the web app, where the browser has a cookie alone', async () => {
  const told = await walk('bff')
  expect(told).toContain('stolen: the cookies, at the API')
  expect(told).toContain('Done: every step was as expected')
})
