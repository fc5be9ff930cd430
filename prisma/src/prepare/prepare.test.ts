import { createHash } from 'node:crypto'
import { chmodSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { verify } from '@node-rs/argon2'
import Database from 'better-sqlite3'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { prepare } from './prepare.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let directory = ''
const prepared = () => join(directory, 'prepared')
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'keybound-prepare-'))
  await prepare({ data: prepared(), env: {} })
})
afterAll(() => rm(directory, { recursive: true }))

/** A directory of its own for each test, prepared before with nothing set. */
let data = ''
beforeEach(async () => {
  data = join(directory, 'data')
  await cp(prepared(), data, { recursive: true })
})
afterEach(() => rm(data, { recursive: true, force: true }))

function rows(file: string, sql: string): Record<string, unknown>[] {
  const connection = new Database(join(data, file), { readonly: true })
  try {
    return connection.prepare<[], Record<string, unknown>>(sql).all()
  } finally {
    connection.close()
  }
}

function text(file: string): string {
  return readFileSync(join(data, file), 'utf8')
}

/** Every file of the directory with what it holds, apart from what SQLite rearranges by itself. */
function everything(): Record<string, unknown> {
  return {
    secrets: text('secrets.env'),
    keys: [text('clients/web.json'), text('clients/service.json')],
    clients: rows('auth.db', 'SELECT * FROM clients ORDER BY client_id'),
    users: rows('auth.db', 'SELECT * FROM users ORDER BY subject'),
    profiles: rows('api.db', 'SELECT * FROM profiles ORDER BY sub'),
  }
}

test('makes everything from nothing, and a second time changes nothing', async () => {
  const first = everything()
  expect(
    rows('auth.db', 'SELECT client_id FROM clients ORDER BY client_id').map((row) => row.client_id),
  ).toEqual(['cli', 'playground', 'resource-api', 'service', 'web'])
  const reported: string[] = []
  await prepare({ data, env: {}, report: (line) => reported.push(line) })
  expect(everything()).toEqual(first)
  expect(reported).toEqual([])
})

test('leaves nothing that anybody else may read (OPS-42)', async () => {
  chmodSync(join(data, 'secrets.env'), 0o644)
  chmodSync(join(data, 'clients/web.json'), 0o644)
  chmodSync(data, 0o755)
  await prepare({ data, env: {} })
  expect(statSync(data).mode & 0o777).toBe(0o700)
  for (const entry of readdirSync(data, { recursive: true, withFileTypes: true })) {
    const { mode } = statSync(join(entry.parentPath, entry.name))
    expect([entry.name, mode & 0o777]).toEqual([entry.name, entry.isDirectory() ? 0o700 : 0o600])
  }
})

test('writes URLs, secrets and public keys of the clients again from what is set', async () => {
  const { x } = JSON.parse(text('clients/web.json'))
  await prepare({
    data,
    env: {
      WEB_URL: 'https://web.example/',
      API_URL: 'https://api.example',
      API_CLIENT_SECRET: 'x'.repeat(43),
    },
  })
  const [web] = rows('auth.db', `SELECT * FROM clients WHERE client_id = 'web'`)
  expect(JSON.parse(String(web?.redirect_uris))).toEqual(['https://web.example/api/auth/callback/keybound'])
  const { keys } = JSON.parse(String(web?.jwks))
  expect(keys[0]).toMatchObject({ kty: 'EC', crv: 'P-256', x, alg: 'ES256' })
  expect(keys[0]).not.toHaveProperty('d')
  const [api] = rows('auth.db', `SELECT * FROM clients WHERE client_id = 'resource-api'`)
  expect(JSON.parse(String(api?.introspects))).toEqual(['https://api.example/api/profile'])
  expect(api?.client_secret_hash).toBe(createHash('sha256').update('x'.repeat(43)).digest('base64url'))
  expect(text('secrets.env')).not.toContain('x'.repeat(43))
})

test('generates only the secrets that the environment does not give', async () => {
  await rm(join(data, 'secrets.env'))
  await prepare({ data, env: { AUTH_SECRET: 'given', SEAL_SECRET: '' } })
  expect(text('secrets.env')).not.toContain('AUTH_SECRET=')
  const lines = text('secrets.env').trim().split('\n')
  expect(lines.map((line) => line.replace(/=.*/, ''))).toEqual([
    'SEAL_SECRET',
    'AUTH_NONCE_SECRET',
    'API_NONCE_SECRET',
    'API_CLIENT_SECRET',
  ])
  for (const line of lines) expect(line).toMatch(/=[\w-]{43}$/)
})

test('gives alice and bob the demo password, hashed with argon2id, and another one when it is changed (OPS-24)', async () => {
  const hashOfAlice = () =>
    String(rows('auth.db', `SELECT * FROM users WHERE username = 'alice'`)[0]?.password_hash)
  expect(hashOfAlice()).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(await verify(hashOfAlice(), 'keybound-demo')).toBe(true)
  await prepare({ data, env: { DEMO_PASSWORD: 'another' } })
  expect(await verify(hashOfAlice(), 'keybound-demo')).toBe(false)
  expect(await verify(hashOfAlice(), 'another')).toBe(true)
})

test('takes the demo users away in hardened mode (OPS-18)', async () => {
  await prepare({ data, env: { KEYBOUND_MODE: 'hardened' } })
  expect(rows('auth.db', 'SELECT * FROM users')).toEqual([])
})

test('leaves a profile alone that somebody has changed', async () => {
  const connection = new Database(join(data, 'api.db'))
  connection.exec(`UPDATE profiles SET name = 'Alice Changed' WHERE sub LIKE '%1'`)
  connection.close()
  await prepare({ data, env: {} })
  expect(rows('api.db', `SELECT name FROM profiles WHERE sub LIKE '%1'`)).toEqual([{ name: 'Alice Changed' }])
})

test('refuses settings that it cannot use, and then makes nothing', async () => {
  await rm(data, { recursive: true })
  for (const env of [
    { KEYBOUND_MODE: 'Demo' },
    { WEB_URL: 'localhost:3000' },
    { API_URL: 'https://api.example/?x' },
    { DATABASE_URL: 'mysql://localhost/keybound' },
  ]) {
    await expect(prepare({ data, env })).rejects.toThrow(/must be/)
  }
  expect(() => statSync(data)).toThrow('ENOENT')
})
