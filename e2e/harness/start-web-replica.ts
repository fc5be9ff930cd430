import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { platform } from './platform.ts'
import { freePorts, root } from './start-scripts.ts'

/**
 * Another process of the web app, with the data, secrets and public URL of the first, on a port of its own. A browser's cookies
 * count for every port of a host. Its output goes nowhere, since the log file is the first one's.
 */
export async function startWebReplica(): Promise<{ url: string; stop(): Promise<void> }> {
  const { web, issuer, api, data } = platform()
  const { WEB_PORT = '' } = await freePorts()
  const child = spawn(process.execPath, [join(root, 'apps/web/dist/main.js')], {
    cwd: join(root, 'apps/web'),
    stdio: 'ignore',
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      WEB_PORT,
      WEB_URL: web,
      ISSUER_URL: issuer,
      API_URL: api,
      KEYBOUND_DATA: data,
      NEXT_DIST_DIR: '.next-test',
    },
  })
  const url = `http://localhost:${WEB_PORT}`
  const ready = () =>
    fetch(`${url}/readyz`).then(
      (response) => response.ok,
      () => false,
    )
  await expect.poll(ready, { timeout: 60_000 }).toBe(true)
  return {
    url,
    stop: () =>
      new Promise((stopped) => {
        child.once('exit', () => stopped())
        child.kill('SIGTERM')
      }),
  }
}
