import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { EnvError, readEnv } from './env.ts'

const authSecret = 'q7Xo2mVt9Lk4Rz8Wb1Nc6Yp3Hs5Jd0Fg'
const sealSecret = 'Zx81kPqLw0vTn3Bc7RmYs5Hd2Jf9Ga4E'
const data = mkdtempSync(join(tmpdir(), 'keybound-env-'))
const good = { KEYBOUND_DATA: data, AUTH_SECRET: authSecret, SEAL_SECRET: sealSecret }

describe('the environment', () => {
  it('gives the fixed points of the demo where nothing else is said (OPS-44)', () => {
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
      { mode: 0o600 },
    )
    expect(readEnv({ KEYBOUND_DATA: own })).toMatchObject({ authSecret, sealSecret })
  })

  it.each([
    ['missing', { AUTH_SECRET: undefined }, /AUTH_SECRET is missing.*secrets\.env/],
    ['empty', { AUTH_SECRET: '' }, /AUTH_SECRET is missing/],
    ['short', { AUTH_SECRET: 'a1b2c3d4e5f6g7h8' }, /at least 32 bytes/],
    ['default', { AUTH_SECRET: 'change-me-change-me-change-me-change-me' }, /looks like an example/],
    ['repetitive', { AUTH_SECRET: 'ab'.repeat(20) }, /too simple/],
    ['the sealing secret again', { AUTH_SECRET: sealSecret }, /one key per purpose/],
  ])('refuses to start with an AUTH_SECRET that is %s (OPS-16, B-007)', (_, change, message) => {
    expect(() => readEnv({ ...good, ...change })).toThrow(EnvError)
    expect(() => readEnv({ ...good, ...change })).toThrow(message)
  })

  it.each(['https://user@web.example', 'https://web.example/app', 'ftp://web.example', 'web.example'])(
    'refuses %s as WEB_URL',
    (WEB_URL) => {
      expect(() => readEnv({ ...good, WEB_URL })).toThrow(EnvError)
    },
  )

  it('refuses secrets that others can read (OPS-16, N-008)', () => {
    const own = mkdtempSync(join(tmpdir(), 'keybound-env-'))
    const file = join(own, 'secrets.env')
    writeFileSync(file, `AUTH_SECRET=${authSecret}\nSEAL_SECRET=${sealSecret}\n`, { mode: 0o644 })
    chmodSync(file, 0o644)
    expect(() => readEnv({ KEYBOUND_DATA: own })).toThrow(/can be read by others: chmod 600/)
  })
})

describe('hardened mode', () => {
  const urls = {
    WEB_URL: 'https://web.example',
    ISSUER_URL: 'https://as.example',
    API_URL: 'https://api.example',
  }
  const hardened = { ...good, KEYBOUND_MODE: 'hardened', ...urls }

  it('wants every public URL, and https in each (OPS-17)', () => {
    expect(readEnv(hardened)).toMatchObject({ mode: 'hardened', webUrl: urls.WEB_URL })
    for (const name of Object.keys(urls)) {
      for (const value of ['', 'http://a.example'])
        expect(() => readEnv({ ...hardened, [name]: value })).toThrow(`${name} has to be https`)
    }
  })

  it('has no lab, no development and no unverified TLS, and tells the stores to want TLS (OPS-18, OPS-47, N-009)', () => {
    expect(readEnv(hardened)).toMatchObject({ labUrl: undefined, stores: { hardened: true } })
    for (const [name, value] of [
      ['NODE_ENV', 'development'],
      ['NODE_TLS_REJECT_UNAUTHORIZED', '0'],
    ] as const)
      expect(() => readEnv({ ...hardened, [name]: value })).toThrow(name)
  })
})
