import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { EnvError, readEnv } from './env.ts'

const authSecret = 'q7Xo2mVt9Lk4Rz8Wb1Nc6Yp3Hs5Jd0Fg'
const sealSecret = 'Zx81kPqLw0vTn3Bc7RmYs5Hd2Jf9Ga4E'
const data = mkdtempSync(join(tmpdir(), 'keybound-env-'))
const good = { KEYBOUND_DATA: data, AUTH_SECRET: authSecret, SEAL_SECRET: sealSecret }

describe('the environment', () => {
  it('gives the fixed points of the demo where nothing else is said', () => {
    expect(readEnv(good)).toMatchObject({
      host: '127.0.0.1',
      port: 3000,
      webUrl: 'http://localhost:3000',
      issuer: 'http://localhost:4000',
      apiUrl: 'http://localhost:4001',
      labUrl: 'http://localhost:4002',
      mode: 'demo',
    })
  })

  it('derives the URLs from the ports and drops a trailing slash', () => {
    expect(
      readEnv({ ...good, WEB_PORT: '3100', AUTH_PORT: '4100', API_URL: 'https://api.example/' }),
    ).toMatchObject({
      webUrl: 'http://localhost:3100',
      issuer: 'http://localhost:4100',
      apiUrl: 'https://api.example',
    })
  })

  it('takes a secret that is not given from secrets.env', () => {
    const own = mkdtempSync(join(tmpdir(), 'keybound-env-'))
    writeFileSync(
      join(own, 'secrets.env'),
      `# generated\nAUTH_SECRET=${authSecret}\nSEAL_SECRET="${sealSecret}"\n`,
    )
    expect(readEnv({ KEYBOUND_DATA: own })).toMatchObject({ authSecret, sealSecret })
  })

  it.each([
    ['missing', { AUTH_SECRET: undefined }, /AUTH_SECRET is missing.*secrets\.env/],
    ['empty', { AUTH_SECRET: '' }, /AUTH_SECRET is missing/],
    ['short', { AUTH_SECRET: 'a1b2c3d4e5f6g7h8' }, /shorter than 32 bytes/],
    ['default', { AUTH_SECRET: 'change-me-change-me-change-me-change-me' }, /looks like an example/],
    ['repetitive', { AUTH_SECRET: 'ab'.repeat(20) }, /looks like an example/],
    ['the sealing secret again', { AUTH_SECRET: sealSecret }, /one key per purpose/],
  ])('refuses to start with an AUTH_SECRET that is %s (B-007)', (_, change, message) => {
    expect(() => readEnv({ ...good, ...change })).toThrow(EnvError)
    expect(() => readEnv({ ...good, ...change })).toThrow(message)
  })

  it.each(['https://user@web.example', 'https://web.example/app', 'ftp://web.example', 'web.example'])(
    'refuses %s as WEB_URL',
    (WEB_URL) => {
      expect(() => readEnv({ ...good, WEB_URL })).toThrow(EnvError)
    },
  )

  it('refuses http in hardened mode', () => {
    expect(() => readEnv({ ...good, KEYBOUND_MODE: 'hardened' })).toThrow(/https in hardened mode/)
  })
})
