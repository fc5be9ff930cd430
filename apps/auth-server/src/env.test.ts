import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { requirement } from '@keybound/testkit'
import { expect, test } from 'vitest'
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

test('everything but the secret has the default of the demo', () => {
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

requirement('N-008', 'a secret that is missing, short or simple stops the start', () => {
  expect(() => readEnv({ KEYBOUND_DATA: dataDirectory() })).toThrow('AUTH_NONCE_SECRET is missing')
  expect(() => readEnv(given({ AUTH_NONCE_SECRET: 'short' }))).toThrow('at least 32 bytes')
  expect(() => readEnv(given({ AUTH_NONCE_SECRET: 'x'.repeat(64) }))).toThrow('too simple')
})

requirement('N-008', 'a file of secrets that others can read stops the start', () => {
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

test('hardened mode wants an https issuer and knows no demo password', () => {
  const hardened = { KEYBOUND_MODE: 'hardened' }
  expect(() => readEnv(given(hardened))).toThrow('ISSUER_URL must be set')
  expect(() => readEnv(given({ ...hardened, ISSUER_URL: 'http://a.example' }))).toThrow('must be https')
  const good = { ...hardened, ISSUER_URL: 'https://a.example' }
  expect(readEnv(given(good)).demoPassword).toBeUndefined()
  expect(() => readEnv(given({ ...good, DEMO_PASSWORD: 'x' }))).toThrow('DEMO_PASSWORD')
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

test('trusted proxies are addresses or blocks of them, and nobody by default', () => {
  expect(readEnv(given()).trustedProxies).toEqual([])
  const TRUSTED_PROXIES = '127.0.0.1, 10.0.0.0/8 ::1'
  expect(readEnv(given({ TRUSTED_PROXIES })).trustedProxies).toEqual(['127.0.0.1', '10.0.0.0/8', '::1'])
  for (const wrong of ['proxy.example', '10.0.0.0/33', '10.0.0.0/8/8', '*'])
    expect(() => readEnv(given({ TRUSTED_PROXIES: wrong })), wrong).toThrow('TRUSTED_PROXIES must be')
})
