import { signJwt } from '@keybound/authorization-server'
import { testKeys } from '@keybound/testkit'
import { importJWK, SignJWT } from 'jose'
import { expect, test } from 'vitest'
import { Browser, shown } from '../../test/browser.ts'
import { password } from '../../test/clients.ts'
import { openApp } from '../../test/open-app.ts'

const app = await openApp()
const alice = '6f1c1d5e-0001-4000-8000-000000000001'

async function signedIn(username: string) {
  const browser = new Browser(app)
  await browser.press(await browser.show('/login'), 'login', { username, password })
  return browser
}

async function isSignedIn(browser: Browser): Promise<boolean> {
  return shown(await browser.open('/account')).url.pathname === '/account'
}

/** An ID token of this server, long expired. */
async function idToken(claims: Record<string, unknown> = {}): Promise<string> {
  const key = await app.dependencies.server.signingKeys.active('id token')
  const long = Math.floor(app.clock.now()) - 86_400
  const of = { iss: app.issuer, sub: alice, aud: 'web', iat: long, exp: long + 300 }
  return signJwt(key, 'JWT', { ...of, ...claims })
}

async function assertion(): Promise<Record<string, string>> {
  const iat = Math.floor(app.clock.now())
  const claims = { iss: 'web', sub: 'web', aud: app.issuer, iat, exp: iat + 60, jti: crypto.randomUUID() }
  const { alg = 'ES256', kid } = testKeys.ES256.privateJwk
  const jwt = new SignJWT(claims).setProtectedHeader({ alg, ...(kid && { kid }) })
  return {
    client_id: 'web',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: await jwt.sign(await importJWK(testKeys.ES256.privateJwk, alg)),
  }
}

function post(form: Record<string, string>): Promise<Response> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  return app.send('/logout/everywhere', { method: 'POST', headers, body: new URLSearchParams(form) })
}

test('every browser of the user is signed out, and nobody else', async () => {
  const [one, other, bob] = [await signedIn('alice'), await signedIn('alice'), await signedIn('bob')]
  const response = await post({ ...(await assertion()), id_token_hint: await idToken() })
  expect(response.status).toBe(200)
  expect(await Promise.all([one, other, bob].map(isSignedIn))).toEqual([false, false, true])
})

test('the consent to this client is forgotten, and to another one it stays', async () => {
  const { consents } = app.storage.stores
  for (const clientId of ['web', 'cli'])
    await consents.save({ subject: alice, clientId, scope: ['openid'], grantedAt: app.clock.now() })
  await post({ ...(await assertion()), id_token_hint: await idToken() })
  expect((await consents.list(alice)).map(({ clientId }) => clientId)).toEqual(['cli'])
})

test.each([
  [
    'the ID token of another client',
    async () => ({ ...(await assertion()), id_token_hint: await idToken({ aud: 'cli' }) }),
  ],
  ['no ID token', assertion],
  [
    'a forged ID token',
    async () => ({ ...(await assertion()), id_token_hint: `${(await idToken()).slice(0, -6)}AAAAAA` }),
  ],
  ['no client authentication', async () => ({ client_id: 'web', id_token_hint: await idToken() })],
  ['a public client', async () => ({ client_id: 'cli', id_token_hint: await idToken({ aud: 'cli' }) })],
])('with %s nothing ends', async (_, form) => {
  const browser = await signedIn('alice')
  expect((await post(await form())).status).toBeGreaterThanOrEqual(400)
  expect(await isSignedIn(browser)).toBe(true)
})
