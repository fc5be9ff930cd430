import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { requirement } from '@keybound/testkit'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { prepareProcess, readEnv } from './env.ts'

const nonceSecret = 'abcdefghijklmnopqrstuvwxyz012345'
const clientSecret = '543210zyxwvutsrqponmlkjihgfedcba'
let data = ''

beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'keybound-env-'))
})
afterEach(() => rmSync(data, { recursive: true }))

const read = (more: Record<string, string> = {}) =>
  readEnv({ KEYBOUND_DATA: data, API_NONCE_SECRET: nonceSecret, API_CLIENT_SECRET: clientSecret, ...more })

test("the demo's fixed points need nothing but secrets (OPS-44)", () => {
  expect(read()).toMatchObject({
    host: '127.0.0.1',
    port: 4001,
    resource: 'http://localhost:4001/api/profile',
    issuer: 'http://localhost:4000',
    webOrigin: 'http://localhost:3000',
    stores: { databaseUrl: `file:${join(data, 'api.db')}`, replicas: 1 },
  })
})

test('every port and URL can be moved, and an empty variable counts as absent', () => {
  const moved = { API_PORT: '5001', AUTH_PORT: '5000', WEB_URL: 'https://web.example/app', API_URL: '' }
  expect(read(moved)).toMatchObject({
    port: 5001,
    resource: 'http://localhost:5001/api/profile',
    issuer: 'http://localhost:5000',
    webOrigin: 'https://web.example',
  })
  expect(read({ API_URL: 'https://api.example/v1' }).resource).toBe('https://api.example/v1/api/profile')
})

describe('secrets.env', () => {
  const write = (mode: number) => {
    const file = join(data, 'secrets.env')
    writeFileSync(file, `API_NONCE_SECRET=${nonceSecret}\nAPI_CLIENT_SECRET=${clientSecret}\n`)
    chmodSync(file, mode)
  }

  test('gives what the environment does not', () => {
    write(0o600)
    expect(readEnv({ KEYBOUND_DATA: data })).toMatchObject({ nonceSecret, clientSecret })
    const given = 'q'.repeat(8) + nonceSecret
    expect(readEnv({ KEYBOUND_DATA: data, API_NONCE_SECRET: given }).nonceSecret).toBe(given)
  })

  requirement(['OPS-16', 'N-008'], 'is refused when others may read it', () => {
    write(0o644)
    expect(() => readEnv({ KEYBOUND_DATA: data })).toThrow(/can be read by others/)
  })
})

describe('a start is refused with every variable that is wrong and none of the values', () => {
  test.each([
    [{ API_NONCE_SECRET: '' }, 'API_NONCE_SECRET is missing'],
    [{ API_NONCE_SECRET: 'short-secret' }, 'API_NONCE_SECRET must be at least 32 bytes'],
    [{ API_CLIENT_SECRET: 'x'.repeat(40) }, 'API_CLIENT_SECRET is too simple'],
    [{ API_CLIENT_SECRET: 'your_secret_goes_here_0123456789' }, 'API_CLIENT_SECRET looks like an example'],
    [{ API_CLIENT_SECRET: nonceSecret }, 'one secret per purpose'],
    [{ API_PORT: 'http' }, 'API_PORT must be a port number'],
    [{ API_PORT: '0' }, 'API_URL is needed'],
    [{ API_URL: 'http://localhost:4001/' }, 'API_URL must be an http'],
    [{ ISSUER_URL: 'ftp://as.example' }, 'ISSUER_URL must be an http'],
    [{ ISSUER_URL: 'https://user@as.example' }, 'ISSUER_URL must be an http'],
    [{ WEB_URL: 'web' }, 'WEB_URL must be an http'],
    [{ KEYBOUND_REPLICAS: 'two' }, 'KEYBOUND_REPLICAS must be a number'],
    [{ KEYBOUND_MODE: 'prod' }, 'KEYBOUND_MODE must be demo or hardened'],
    [{ KEYBOUND_MODE: 'hardened' }, 'ISSUER_URL must be https in hardened mode'],
  ])('%j (OPS-16, N-008, N-009)', (more, message) => {
    expect(() => read(more)).toThrow(message)
    expect(() => read(more)).not.toThrow(/short-secret|xxxx|postgres:/)
  })

  requirement(['OPS-17', 'OPS-18', 'OPS-47'], 'hardened mode takes https throughout, in production', () => {
    const urls = {
      API_URL: 'https://api.example',
      ISSUER_URL: 'https://as.example',
      WEB_URL: 'https://web.example',
    }
    expect(read({ KEYBOUND_MODE: 'hardened', ...urls }).resource).toBe('https://api.example/api/profile')
    for (const name of Object.keys(urls)) {
      const message = `${name} must be https`
      expect(() => read({ KEYBOUND_MODE: 'hardened', ...urls, [name]: '' })).toThrow(message)
      expect(() => read({ KEYBOUND_MODE: 'hardened', ...urls, [name]: 'http://a.example' })).toThrow(message)
    }
    for (const more of [{ NODE_ENV: 'development' }, { NODE_TLS_REJECT_UNAUTHORIZED: '0' }])
      expect(() => read({ KEYBOUND_MODE: 'hardened', ...urls, ...more })).toThrow(Object.keys(more)[0])
    expect(read({ KEYBOUND_MODE: 'hardened', ...urls }).stores).toMatchObject({ hardened: true })
  })
})

test('Next is told to be in production unless somebody develops', () => {
  const environment = {}
  prepareProcess(environment)
  expect(environment).toMatchObject({ NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' })
})
