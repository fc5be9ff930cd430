import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { platform } from '../harness/platform.ts'
import { root } from '../harness/start-scripts.ts'

/** The doctor as somebody would call it who has set these variables beside those of the platform. */
function doctor(changed: Record<string, string> = {}) {
  const { web, issuer, api, data } = platform()
  const env = {
    PATH: process.env.PATH,
    KEYBOUND_DATA: data,
    WEB_PORT: new URL(web).port,
    AUTH_PORT: new URL(issuer).port,
    API_PORT: new URL(api).port,
    ...changed,
  }
  const words = [join(root, 'scripts/doctor.mjs')]
  return spawnSync(process.execPath, words, { env, encoding: 'utf8', timeout: 60_000 })
}

test('the doctor finds nothing wrong with a platform that runs', () => {
  const { stdout, status } = doctor()
  expect(stdout).toContain(`The issuer is ${platform().issuer}`)
  expect(stdout).toContain('can read DPoP-Nonce and WWW-Authenticate')
  expect(stdout).toContain('Nothing is wrong.')
  expect(status).toBe(0)
})

test('the doctor sees public URLs that are not what the apps think they are', () => {
  const wrongIssuer = doctor({ ISSUER_URL: platform().issuer.replace('localhost', '127.0.0.1') })
  expect(wrongIssuer.stdout).toContain('names the issuer')
  expect(wrongIssuer.status).toBe(1)
  const wrongWeb = doctor({ WEB_URL: 'http://127.0.0.1:1' })
  expect(wrongWeb.stdout).toContain('but its public URL http://127.0.0.1:1 gives no answer')
  expect(wrongWeb.stdout).toContain('Pages of http://127.0.0.1:1 cannot read what the API answers')
})

test('the doctor sees a file that others can read, and says how to close it', () => {
  const data = mkdtempSync(join(tmpdir(), 'keybound-doctor-'))
  writeFileSync(join(data, 'secrets.env'), '')
  chmodSync(join(data, 'secrets.env'), 0o644)
  const { stdout, status } = doctor({ KEYBOUND_DATA: data })
  expect(stdout).toContain('Others can read secrets.env')
  expect(stdout).toContain(`chmod -R go= ${data}`)
  expect(status).toBe(1)
})

test('the doctor sees settings with which nothing can start, before anything is started', () => {
  const { stdout, status } = doctor({
    KEYBOUND_DATA: join(tmpdir(), 'keybound-doctor-nowhere'),
    KEYBOUND_MODE: 'hardened',
    WEB_URL: 'nonsense',
    DATABASE_URL: 'mysql://db.example',
  })
  expect(stdout).toContain('WEB_URL is nonsense')
  expect(stdout).toContain('Hardened mode wants https in every public URL')
  expect(stdout).toContain('DATABASE_URL names no database that Keybound knows')
  expect(stdout).not.toContain('mysql')
  expect(status).toBe(1)
})
