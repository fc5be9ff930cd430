import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { testKeys } from '@keybound/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Browser, shown } from '../../test/browser.ts'
import { type StartedServer, startServer } from '../../test/start-server.ts'

const app = fileURLToPath(new URL('../..', import.meta.url))
let built: string
let server: StartedServer

beforeAll(async () => {
  // Built, as administrators have them: from the sources each of the many starts below would take seconds.
  mkdirSync(join(app, 'dist'), { recursive: true })
  built = mkdtempSync(join(app, 'dist/commands-'))
  execFileSync(process.execPath, ['build.mjs', built], { cwd: app })
  server = await startServer()
}, 180_000)

afterAll(async () => {
  await server?.stop()
  rmSync(built, { recursive: true, force: true })
})

/** Runs a command beside the running server, on its data. */
async function run(name: string, args: readonly string[] = [], input = '') {
  const child = spawn(process.execPath, [join(built, `${name}.js`), ...args], { env: server.env })
  let [output, errors] = ['', '']
  child.stdout.on('data', (chunk) => (output += chunk))
  child.stderr.on('data', (chunk) => (errors += chunk))
  child.stdin.end(input)
  const [code] = await once(child, 'close')
  return { code, output, errors }
}

async function publishedKids(): Promise<readonly string[]> {
  const { keys } = await (await server.send('/jwks')).json()
  return keys.map(({ kid }: { kid: string }) => kid)
}

describe('client:add', () => {
  const metadata = JSON.stringify({
    client_name: 'A strict client',
    token_endpoint_auth_method: 'private_key_jwt',
    redirect_uris: ['https://client.example/callback'],
    jwks: { keys: [testKeys.ES256.publicJwk] },
    security_profile: 'fapi2',
  })

  test('adds a client by the rules of a registration, once', async () => {
    const added = await run('client-add', ['--id', 'strict'], metadata)
    expect(JSON.parse(added.output)).toMatchObject({
      client_id: 'strict',
      security_profile: 'fapi2',
      dpop_bound_access_tokens: true,
      require_pushed_authorization_requests: true,
    })
    const again = await run('client-add', ['--id', 'strict'], metadata)
    expect([again.code, again.errors]).toEqual([
      1,
      expect.stringMatching(/^There is a client strict already/),
    ])
    const renamed = JSON.stringify({ ...JSON.parse(metadata), client_name: 'Stricter' })
    const replaced = await run('client-add', ['--id', 'strict', '--replace'], renamed)
    expect(JSON.parse(replaced.output)).toMatchObject({ client_id: 'strict', client_name: 'Stricter' })
    const wrong = await run('client-add', ['--id', 'wrong'], '{"redirect_uris":["http://x.example/"]}')
    expect([wrong.code, wrong.errors]).toEqual([1, expect.stringMatching(/^redirect_uris\.valid: /)])
    const none = await run('client-add', ['--id', 'none'])
    expect([none.code, none.errors]).toEqual([1, 'The metadata, on standard input, is not JSON\n'])
  }, 180_000)

  test('adds a resource server, whose secret it shows once', async () => {
    const resource = 'https://api.example/orders'
    const input = JSON.stringify({ token_endpoint_auth_method: 'client_secret_basic', grant_types: [] })
    const { output, errors } = await run('client-add', ['--id', 'orders', '--introspects', resource], input)
    expect(errors).toContain(`No token is for ${resource} yet`)
    const added = JSON.parse(output)
    expect(added).toMatchObject({ introspects: [resource], client_secret: expect.stringMatching(/^cs_/) })
    const authorization = `Basic ${btoa(`orders:${added.client_secret}`)}`
    const headers = { authorization, 'content-type': 'application/x-www-form-urlencoded' }
    const asked = await server.send('/introspect', { method: 'POST', headers, body: 'token=x' })
    expect(await asked.json()).toEqual({ active: false })
    // Another resource, and the secret stays.
    const other = ['--id', 'orders', '--replace', '--introspects', `${resource}/archive`]
    expect(JSON.parse((await run('client-add', other, input)).output)).not.toHaveProperty('client_secret')
    expect((await server.send('/introspect', { method: 'POST', headers, body: 'token=x' })).status).toBe(200)
  }, 180_000)
})

test('user:add adds someone who can sign in, once, and takes no short password', async () => {
  const carol = ['--username', 'carol', '--name', 'Carol Clark', '--email', 'carol@example.com']
  expect((await run('user-add', carol, 'short')).errors).toContain('12 to 1024 characters')
  for (const wrong of [
    ['--email', 'nowhere'],
    ['--locale', 'of the moon'],
  ])
    expect((await run('user-add', [...carol, ...wrong], 'a long password')).errors).toMatch(/^\S.* is no /)
  expect(JSON.parse((await run('user-add', carol, 'a long password\n')).output)).toEqual({
    sub: expect.stringMatching(/^[0-9a-f-]{36}$/),
    username: 'carol',
    name: 'Carol Clark',
    email: 'carol@example.com',
    locale: 'en',
  })
  expect((await run('user-add', carol, 'a long password')).errors).toContain('There is a user carol already')
  const browser = new Browser(server)
  const login = await browser.show('/login')
  const end = shown(await browser.press(login, 'login', { username: 'carol', password: 'a long password' }))
  expect(end.url.pathname).toBe('/account')
}, 180_000)

describe('keys:rotate', () => {
  test('publishes new keys beside the old ones, once; in an emergency replaces them all', async () => {
    const before = await publishedKids()
    expect((await run('keys-rotate')).output).toContain('New keys are published')
    expect((await run('keys-rotate')).output).toContain('under way already')
    await expect.poll(publishedKids, { timeout: 10_000, interval: 500 }).toHaveLength(4)
    expect(await publishedKids()).toEqual(expect.arrayContaining([...before]))

    expect((await run('keys-rotate', ['--emergency'])).output).toContain('withdrawn')
    await expect.poll(publishedKids, { timeout: 10_000, interval: 500 }).toHaveLength(2)
    for (const kid of await publishedKids()) expect(before).not.toContain(kid)
  }, 180_000)
})
