import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from '@playwright/test'
import * as oauth from 'oauth4webapi'
import { type Obtained, obtainTokens, withNonce } from '../harness/obtain-tokens.ts'
import { freePorts, prepareData, readSettings, root, startKeybound } from '../harness/start-scripts.ts'

const run = promisify(execFile)
const folder = mkdtempSync(join(tmpdir(), 'keybound-backup-'))

test.afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function refresh({ as, client, dpop, tokens }: Obtained): Promise<oauth.TokenEndpointResponse> {
  const insecure = { [oauth.allowInsecureRequests]: true }
  return withNonce(async () => {
    const options = { DPoP: dpop, ...insecure }
    const { refresh_token = '' } = tokens
    const response = await oauth.refreshTokenGrantRequest(as, client, oauth.None(), refresh_token, options)
    return oauth.processRefreshTokenResponse(as, client, response)
  })
}

test('a backup is taken while the server runs; once restored, refresh tokens from before are dead and a new sign-in works (OPS-48, L-022)', async () => {
  test.setTimeout(180_000)
  const data = join(folder, 'data')
  const copy = join(folder, 'copy')
  const settings = readSettings({ PATH: process.env.PATH, KEYBOUND_DATA: data, ...(await freePorts()) })
  const script = (name: string) =>
    run(process.execPath, [join(root, 'scripts', name), copy], { env: settings.env, timeout: 60_000 })
  const issuer = settings.apps['auth-server'].url
  const platform = { issuer, password: 'keybound-demo' }

  await prepareData(settings)
  const before = await startKeybound(settings, { only: ['auth-server'] })
  const obtained = await obtainTokens(platform)
  await script('backup.mjs')
  expect(statSync(join(copy, 'auth.db')).mode & 0o077).toBe(0)
  expect(existsSync(join(copy, 'keys'))).toBe(true)
  const rotated = await refresh(obtained)
  expect(rotated.token_type).toBe('dpop')
  await before.stop()

  await script('restore.mjs')
  const after = await startKeybound(settings, { only: ['auth-server'] })
  try {
    // In the backup this one was not rotated yet: without a new epoch it would live again.
    await expect(refresh(obtained)).rejects.toMatchObject({ error: 'invalid_grant' })
    expect((await obtainTokens(platform)).tokens.token_type).toBe('dpop')
  } finally {
    await after.stop()
  }
})

test('a backup goes into a folder of its own, and a restore wants one to be there', async () => {
  const data = join(folder, 'none')
  const env = { PATH: process.env.PATH, KEYBOUND_DATA: data }
  const script = (...words: string[]) =>
    run(process.execPath, words, { env, timeout: 60_000 }).then(
      () => 'done',
      ({ stderr }) => stderr as string,
    )
  expect(await script(join(root, 'scripts/backup.mjs'))).toContain('Say where to')
  expect(await script(join(root, 'scripts/backup.mjs'), folder)).toContain('There is no SQLite database')
  expect(await script(join(root, 'scripts/restore.mjs'), folder)).toContain('There is no backup in')
})
