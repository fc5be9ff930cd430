import { createServer } from 'node:http'
import { join } from 'node:path'
import { platform } from '@keybound/e2e/harness/platform'
import { answerTheForms } from '@keybound/e2e/harness/sign-in'
import { expect } from '@playwright/test'
import { build } from 'esbuild'
import { evidence, isProfile } from '../harness/evidence.ts'
import { expectOnTheWire, expectTheftToFail, row, test } from '../harness/row.ts'
import { versionOf } from '../harness/version-of.ts'

test(
  'oidc-client-ts in Chromium gets a bound token, reads the profile and refreshes',
  row({
    product: 'oidc-client-ts, in Chromium',
    version: versionOf('oidc-client-ts'),
    role: 'client',
  }),
  async ({ wire, page }) => {
    const { web } = platform()
    const server = createServer(await pageOrScript())
    await new Promise<void>((listening) => server.listen(Number(new URL(web).port), '127.0.0.1', listening))
    try {
      await page.goto(web)
      await page.getByRole('button', { name: 'Sign in' }).click()
      await answerTheForms(page)
      await expect(page.getByRole('status')).toContainText('"name":"Alice')
      await page.getByRole('button', { name: 'Refresh' }).click()
      await expect.poll(async () => evidence.refresh(await wire.exchanges())).toBe(true)
      // Read once before the refresh and once after it.
      await expect.poll(async () => (await wire.exchanges()).filter(isProfile).length).toBe(2)
    } finally {
      server.closeAllConnections()
      server.close()
    }
    await expectOnTheWire(wire, [
      'discovery',
      'code bound to the key',
      'code + PKCE',
      'token bound to its key',
      'nonce of the auth-server',
      'nonce of the API',
      'refresh',
      'resource call',
    ])
    await expectTheftToFail(wire)
  },
)

async function pageOrScript(): Promise<Parameters<typeof createServer>[1]> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, '../clients/oidc-client-ts.ts')],
    bundle: true,
    format: 'esm',
    write: false,
  })
  const { issuer, profileUrl } = platform()
  const html = `<!doctype html><title>oidc-client-ts</title>
<script id="settings" type="application/json">${JSON.stringify({ issuer, profileUrl })}</script>
<button id="sign-in">Sign in</button> <button id="refresh">Refresh</button> <output id="profile"></output>
<script type="module" src="/client.js"></script>`
  return (request, response) => {
    const isScript = request.url === '/client.js'
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html')
    response.end(isScript ? outputFiles[0]?.text : html)
  }
}
