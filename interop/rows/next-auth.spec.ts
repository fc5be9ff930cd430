import { platform } from '@keybound/e2e/harness/platform'
import { answerTheForms } from '@keybound/e2e/harness/sign-in'
import { expect, type Page } from '@playwright/test'
import { freePort } from '../harness/free-port.ts'
import { registerClient } from '../harness/register-client.ts'
import { expectCodeFlow, row, test } from '../harness/row.ts'
import { startServer } from '../harness/start-server.ts'
import { versionOf } from '../harness/version-of.ts'

for (const [version, urlVariable, secretVariable] of [
  ['5', 'AUTH_URL', 'AUTH_SECRET'],
  ['4', 'NEXTAUTH_URL', 'NEXTAUTH_SECRET'],
] as const) {
  const example = `examples/next-auth-${version}`
  const details = row({
    product: `next-auth ${version}, the recipe in ${example}`,
    version: versionOf('next-auth', example),
    role: 'client',
  })

  test(
    `the recipe for next-auth ${version} gets a bound token, reads the profile and refreshes`,
    details,
    async ({ wire, page }) => {
      const port = await freePort()
      const url = `http://localhost:${port}`
      const { client_id, client_secret } = await registerClient(`${url}/api/auth/callback/keybound`)
      const { issuer, api } = platform()
      const server = await startServer({
        name: `next-auth-${version}`,
        folder: example,
        command: ['npx', 'next', 'start', '-p', String(port)],
        env: {
          ISSUER_URL: issuer,
          API_URL: api,
          CLIENT_ID: client_id,
          CLIENT_SECRET: client_secret,
          [urlVariable]: url,
          [secretVariable]: 'a secret of this test that is long enough for both',
        },
        ready: /Ready in/,
      })
      try {
        await signInAndRefresh(page, url)
      } finally {
        await server.stop()
      }
      await expectCodeFlow(wire, { without: ['PAR', 'code bound to the key'] })
    },
  )
}

async function signInAndRefresh(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/api/auth/signin`)
  await page.getByRole('button', { name: /Sign in with Keybound/i }).click()
  await answerTheForms(page)
  await page.waitForURL(`${url}/**`)
  await page.goto(`${url}/profile`)
  await expect(page.locator('body')).toContainText('"name":"Alice')
  await page.goto(url)
  await page.getByRole('button', { name: 'Refresh the token' }).click()
  await expect(page.locator('body')).toContainText('"name":"Alice')
}
