import { requirement } from '@keybound/testkit'
import { expect, test } from 'vitest'
import { clients } from '../../test/clients.ts'
import { tokensFor } from '../../test/flow.ts'
import { formBody, type Parameters } from '../../test/requests.ts'
import { alice, issuer, openServer } from '../../test/server.ts'
import { endSession } from './end-session.ts'

const home = 'https://web.example/'

function logout(parameters: Parameters) {
  return new Request(`${issuer}/logout?${formBody(parameters)}`)
}

requirement('A-026', 'an expired ID token of ours names the user and the client', async () => {
  const opened = openServer()
  const { id_token } = await tokensFor(opened, 'web')
  opened.clock.advance(86_400)
  const parameters = { id_token_hint: id_token, post_logout_redirect_uri: home, state: 'a&b' }
  expect(await endSession(opened.server, logout(parameters))).toEqual({
    subject: alice,
    client: clients.web,
    redirectTo: `${home}?state=a%26b`,
  })
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const posted = new Request(`${issuer}/logout`, { method: 'POST', headers, body: formBody(parameters) })
  expect((await endSession(opened.server, posted)).redirectTo).toBe(`${home}?state=a%26b`)
})

requirement(
  'U-017',
  'no redirect to an address that is not registered, nor with a foreign hint',
  async () => {
    const opened = openServer()
    const { id_token, access_token } = await tokensFor(opened, 'web')
    const redirect = { post_logout_redirect_uri: home }
    for (const parameters of [
      { id_token_hint: id_token, post_logout_redirect_uri: 'https://evil.example/' },
      { id_token_hint: id_token, post_logout_redirect_uri: `${home}more` },
      { ...redirect, id_token_hint: access_token },
      { ...redirect, id_token_hint: 'x.y.z' },
      { ...redirect, id_token_hint: 'x.y.z', client_id: 'web' },
      { ...redirect, client_id: 'nobody' },
      { ...redirect, client_id: ['web', 'web'] },
      redirect,
    ]) {
      expect(await endSession(opened.server, logout(parameters))).not.toHaveProperty('redirectTo')
    }
  },
)

requirement('A-026', 'a hint that another client was given counts for nothing', async () => {
  const opened = openServer()
  const { id_token } = await tokensFor(opened, 'web')
  const parameters = {
    id_token_hint: id_token,
    client_id: 'playground',
    post_logout_redirect_uri: 'https://playground.example/',
  }
  expect(await endSession(opened.server, logout(parameters))).toEqual({})
})

test('a client_id alone gives a registered address, but nobody to sign out unasked', async () => {
  const { server } = openServer()
  expect(await endSession(server, logout({ client_id: 'web', post_logout_redirect_uri: home }))).toEqual({
    client: clients.web,
    redirectTo: home,
  })
  expect(await endSession(server, logout({}))).toEqual({})
})
