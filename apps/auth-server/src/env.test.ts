import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { requirement } from '@keybound/testkit'
import { describe, expect, test } from 'vitest'
import { readEnv } from './env.ts'

const secret = 'MEpvYj4PcnP3h1o0Tn3JmsUoQb9YyLcdQ2wqU9cT1zk'

function dataDirectory(secrets = '', mode = 0o600): string {
  const directory = mkdtempSync(join(tmpdir(), 'keybound-env-'))
  writeFileSync(join(directory, 'secrets.env'), secrets)
  chmodSync(join(directory, 'secrets.env'), mode)
  return directory
}

function given(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  return { KEYBOUND_DATA: dataDirectory(), AUTH_NONCE_SECRET: secret, ...more }
}

test('everything but the secret has the default of the demo (OPS-44)', () => {
  const env = readEnv(given())
  expect(env).toMatchObject({
    mode: 'demo',
    host: '127.0.0.1',
    port: 4000,
    issuer: 'http://localhost:4000',
    apiUrl: 'http://localhost:4001',
    demoPassword: 'keybound-demo',
  })
  expect(env.stores).toEqual({ databaseUrl: `file:${env.dataDirectory}/auth.db`, replicas: 1 })
})

test('an empty variable counts as absent', () => {
  expect(readEnv(given({ ISSUER_URL: '', AUTH_PORT: '4100' })).issuer).toBe('http://localhost:4100')
})

test('a secret that the environment does not hold comes from secrets.env', () => {
  const KEYBOUND_DATA = dataDirectory(`# generated\nAUTH_NONCE_SECRET=${secret}\n`)
  expect(readEnv({ KEYBOUND_DATA }).nonceSecret).toBe(secret)
})

requirement(
  ['OPS-16', 'N-008'],
  'a secret that is missing, short, simple or an example stops the start',
  () => {
    expect(() => readEnv({ KEYBOUND_DATA: dataDirectory() })).toThrow('AUTH_NONCE_SECRET is missing')
    expect(() => readEnv(given({ AUTH_NONCE_SECRET: 'short' }))).toThrow('at least 32 bytes')
    expect(() => readEnv(given({ AUTH_NONCE_SECRET: 'x'.repeat(64) }))).toThrow('too simple')
    const example = 'change-me-to-something-long-and-secret'
    expect(() => readEnv(given({ AUTH_NONCE_SECRET: example }))).toThrow('looks like an example')
  },
)

requirement(['OPS-16', 'N-008'], 'a file of secrets that others can read stops the start', () => {
  const KEYBOUND_DATA = dataDirectory(`AUTH_NONCE_SECRET=${secret}`, 0o644)
  expect(() => readEnv({ KEYBOUND_DATA })).toThrow('can be read by others')
})

test('a message names every wrong variable and never shows a value', () => {
  const wrong = given({ AUTH_PORT: '99999', ISSUER_URL: 'ftp://hidden.example', AUTH_NONCE_SECRET: 'hidden' })
  expect(() => readEnv(wrong)).toThrow(/AUTH_PORT.*\n.*ISSUER_URL.*\n.*AUTH_NONCE_SECRET/)
  expect(() => readEnv(wrong)).not.toThrow('hidden')
})

test('a public URL is written plainly', () => {
  for (const url of [
    'http://a.example/',
    'http://a.example/x?y',
    'http://u@a.example',
    'HTTP://A.example',
    'a',
  ])
    expect(() => readEnv(given({ ISSUER_URL: url })), url).toThrow('ISSUER_URL')
  expect(readEnv(given({ ISSUER_URL: 'https://a.example/tenant' })).issuer).toBe('https://a.example/tenant')
})

describe('hardened mode', () => {
  const urls = { ISSUER_URL: 'https://a.example', API_URL: 'https://api.example' }
  const hardened = (more: NodeJS.ProcessEnv = {}) => given({ KEYBOUND_MODE: 'hardened', ...urls, ...more })

  requirement('OPS-17', 'wants every public URL, and https in each', () => {
    // Beside whatever else is wrong, so that one start tells it all.
    expect(() => readEnv(hardened({ ISSUER_URL: '', AUTH_PORT: 'x' }))).toThrow(
      /AUTH_PORT must be[\s\S]*ISSUER_URL must be set/,
    )
    expect(() => readEnv(hardened({ ISSUER_URL: '' }))).toThrow('ISSUER_URL must be set')
    expect(() => readEnv(hardened({ API_URL: '' }))).toThrow('API_URL must be set')
    for (const name of ['ISSUER_URL', 'API_URL', 'WEB_URL'])
      expect(() => readEnv(hardened({ [name]: 'http://a.example' }))).toThrow(`${name} must be https`)
  })

  requirement(['OPS-18', 'N-009'], 'knows no demo password, no development and no unverified TLS', () => {
    expect(readEnv(hardened()).demoPassword).toBeUndefined()
    for (const [name, value] of [
      ['DEMO_PASSWORD', 'x'],
      ['NODE_ENV', 'development'],
      ['NODE_TLS_REJECT_UNAUTHORIZED', '0'],
    ] as const)
      expect(() => readEnv(hardened({ [name]: value }))).toThrow(name)
  })

  requirement('OPS-47', 'tells the stores to want TLS', () => {
    expect(readEnv(hardened()).stores).toMatchObject({ hardened: true })
    expect(readEnv(given()).stores).not.toHaveProperty('hardened')
  })
})

test('one process owns an SQLite file', () => {
  expect(() => readEnv(given({ KEYBOUND_REPLICAS: 'two' }))).toThrow('KEYBOUND_REPLICAS')
})

test('the security profile is baseline or fapi2, and registration needs a real secret', () => {
  expect(readEnv(given()).securityProfile).toBe('baseline')
  expect(readEnv(given({ SECURITY_PROFILE: 'fapi2' })).securityProfile).toBe('fapi2')
  expect(() => readEnv(given({ SECURITY_PROFILE: 'strict' }))).toThrow('SECURITY_PROFILE must be')
  expect(readEnv(given())).not.toHaveProperty('initialAccessToken')
  expect(readEnv(given({ INITIAL_ACCESS_TOKEN: secret })).initialAccessToken).toBe(secret)
  expect(() => readEnv(given({ INITIAL_ACCESS_TOKEN: 'short' }))).toThrow('at least 32 bytes')
})

test('trusted proxies are addresses or blocks of them, and nobody by default (OPS-45)', () => {
  expect(readEnv(given()).trustedProxies).toEqual([])
  const TRUSTED_PROXIES = '127.0.0.1, 10.0.0.0/8 ::1'
  expect(readEnv(given({ TRUSTED_PROXIES })).trustedProxies).toEqual(['127.0.0.1', '10.0.0.0/8', '::1'])
  for (const wrong of ['proxy.example', '10.0.0.0/33', '10.0.0.0/8/8', '*'])
    expect(() => readEnv(given({ TRUSTED_PROXIES: wrong })), wrong).toThrow('TRUSTED_PROXIES must be')
})
