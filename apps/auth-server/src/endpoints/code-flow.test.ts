import { signJwt, userinfoClaims } from '@keybound/authorization-server'
import { requirement } from '@keybound/testkit'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import * as oauth from 'oauth4webapi'
import { expect, test } from 'vitest'
import { independentClient, obtainTokens, read, withNonce } from '../../test/independent-client.ts'
import { openApp } from '../../test/open-app.ts'

const app = await openApp()
const all = 'openid profile profile:write offline_access'

requirement(
  ['R-014', 'R-015', 'T-045', 'DPOP-5-01'],
  'an independent client gets a bound token: PAR, nonces, login, consent, code',
  async () => {
    const client = await independentClient(app)
    const { tokens, consent } = await obtainTokens(app, client, all)
    const jkt = await client.dpop.calculateThumbprint()
    expect(consent.html).toContain('This app has proved possession of key')
    expect(consent.html).toContain(jkt)
    expect(tokens.token_type).toBe('dpop')
    expect(decodeJwt(tokens.access_token)).toMatchObject({
      cnf: { jkt },
      iss: app.issuer,
      client_id: 'playground',
    })
    expect(decodeProtectedHeader(tokens.access_token).typ).toBe('at+jwt')
    expect(tokens.refresh_token).toMatch(/^rt_/)
    // The first request of each kind was challenged, answered with a nonce, and sent once more.
    expect(client.sent.filter(({ url }) => url.endsWith('/par')).map(({ status }) => status)).toEqual([
      400, 201,
    ])
  },
)

requirement('I-013', 'access token and ID token are signed by different keys, both published', async () => {
  const client = await independentClient(app)
  const { tokens } = await obtainTokens(app, client, all)
  const kids = [tokens.access_token, tokens.id_token ?? ''].map((jwt) => decodeProtectedHeader(jwt).kid)
  const published = await (await app.send('/jwks')).json()
  expect(kids[0]).not.toBe(kids[1])
  expect(published.keys.map(({ kid }: { kid: string }) => kid).sort()).toEqual([...kids].sort())
})

test('userinfo answers with the claims of the scope, by GET and by POST (A-028)', async () => {
  const client = await independentClient(app)
  const { tokens } = await obtainTokens(app, client, all)
  for (const method of ['GET', 'POST']) {
    const response = await read(client, tokens.access_token, `${app.issuer}/userinfo`, method)
    expect(response.status).toBe(200)
    expect(response.headers.get('cache-control')).toContain('no-store')
    expect(await response.json()).toMatchObject({
      sub: '6f1c1d5e-0001-4000-8000-000000000001',
      name: 'Alice Ames',
    })
  }
})

requirement(
  'META-07',
  'claims_supported names what ID token and userinfo can say, and nothing else',
  async () => {
    const { claims_supported, scopes_supported } = await (
      await app.send('/.well-known/openid-configuration')
    ).json()
    const { server } = app.dependencies
    const subject = '6f1c1d5e-0001-4000-8000-000000000001'
    const user = Object.keys((await userinfoClaims(server, { subject, scope: scopes_supported })) ?? {})
    const { tokens } = await obtainTokens(app, await independentClient(app), all)
    const said = Object.keys(decodeJwt(tokens.id_token ?? ''))
    const ofThisAnswer = ['aud', 'exp', 'iat', 'nonce', 'at_hash']
    const ofLogin = said.filter((name) => !ofThisAnswer.includes(name))
    expect(new Set([...user, ...ofLogin])).toEqual(new Set(claims_supported))
  },
)

requirement(
  ['T-032', 'I-007'],
  'refresh keeps the key; revocation ends the token at userinfo at once',
  async () => {
    const client = await independentClient(app)
    const { tokens } = await obtainTokens(app, client, all)
    const { as, dpop, options } = client
    const refreshed = await withNonce(async () => {
      const response = await oauth.refreshTokenGrantRequest(
        as,
        client.client,
        oauth.None(),
        tokens.refresh_token ?? '',
        { ...options, DPoP: dpop },
      )
      return oauth.processRefreshTokenResponse(as, client.client, response)
    })
    expect(decodeJwt(refreshed.access_token).cnf).toEqual({ jkt: await dpop.calculateThumbprint() })
    const userinfo = () => read(client, refreshed.access_token, `${app.issuer}/userinfo`)
    expect((await userinfo()).status).toBe(200)
    const revoked = await oauth.revocationRequest(
      as,
      client.client,
      oauth.None(),
      refreshed.refresh_token ?? '',
      options,
    )
    await oauth.processRevocationResponse(revoked)
    await expect(userinfo()).rejects.toMatchObject({ status: 401 })
  },
)

requirement(
  'I-011',
  'a token for us without the scope openid is 403; one that is not for us is 401',
  async () => {
    const client = await independentClient(app)
    const { tokens } = await obtainTokens(app, client, 'profile')
    const url = `${app.issuer}/userinfo`
    await expect(read(client, tokens.access_token, url)).rejects.toMatchObject({ status: 401 })

    const key = await app.dependencies.server.signingKeys.active('access token')
    const forUs = await signJwt(key, 'at+jwt', { ...decodeJwt(tokens.access_token), aud: app.issuer })
    await expect(read(client, forUs, url)).rejects.toMatchObject({ status: 403 })
  },
)

requirement(
  ['I-009', 'S-002', 'S-009', 'S-018'],
  'userinfo refuses the token as Bearer, with another key, and a proof used before',
  async () => {
    const client = await independentClient(app)
    const { tokens } = await obtainTokens(app, client, all)
    const url = `${app.issuer}/userinfo`

    const bearer = await app.send('/userinfo', {
      headers: { authorization: `Bearer ${tokens.access_token}` },
    })
    expect(bearer.status).toBe(401)
    expect(bearer.headers.get('www-authenticate')).toMatch(/DPoP.*error="invalid_token".*scheme\.match/)

    const thief = oauth.DPoP(client.client, await oauth.generateKeyPair('ES256'))
    await expect(read(client, tokens.access_token, url, 'GET', thief)).rejects.toMatchObject({ status: 401 })

    let captured: RequestInit = {}
    const spying = {
      ...client,
      options: {
        ...client.options,
        [oauth.customFetch]: async (to: string, init: object) => {
          captured = init
          return app.send(to, init)
        },
      },
    }
    expect((await read(spying, tokens.access_token, url)).status).toBe(200)
    const replayed = await app.send('/userinfo', captured)
    expect(replayed.status).toBe(401)
    expect((await replayed.json()).error_description).toMatch(/^jti\.unused: /)
  },
)

test('userinfo takes the unbound token of a client without DPoP as Bearer, unless everyone is held to fapi2', async () => {
  for (const [securityProfile, status] of [
    ['baseline', 200],
    ['fapi2', 401],
  ] as const) {
    const one = await openApp({ securityProfile })
    const key = await one.dependencies.server.signingKeys.active('access token')
    const now = one.clock.now()
    const token = await signJwt(key, 'at+jwt', {
      ...{ iss: one.issuer, aud: one.issuer, iat: now, exp: now + 60, jti: 'unbound', scope: 'openid' },
      ...{ sub: '6f1c1d5e-0001-4000-8000-000000000001', client_id: 'web' },
    })
    const response = await one.send('/userinfo', { headers: { authorization: `Bearer ${token}` } })
    expect(response.status, securityProfile).toBe(status)
  }
})

requirement('S-001', 'userinfo without credentials asks for DPoP and names no error', async () => {
  const response = await app.send('/userinfo')
  expect(response.status).toBe(401)
  expect(response.headers.get('www-authenticate')).toMatch(/^DPoP .*algs="/)
  expect(response.headers.get('www-authenticate')).not.toContain('error=')
})
