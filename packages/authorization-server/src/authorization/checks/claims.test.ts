import { requirement } from '@keybound/testkit'
import { decodeJwt } from 'jose'
import { describe, expect, test } from 'vitest'
import {
  answered,
  authorizationParameters,
  begun,
  finish,
  getAuthorize,
  tokensFor,
} from '../../../test/flow.ts'
import { alice, bob, openServer } from '../../../test/server.ts'
import { authorizationServerMetadata } from '../../metadata.ts'
import { acrValues } from '../../token/authentication-context.ts'

/** What a request with these claims is refused with; undefined where it is not. */
async function refusalOf(claims: unknown): Promise<string | undefined> {
  const text = typeof claims === 'string' ? claims : JSON.stringify(claims)
  const beginning = await getAuthorize(openServer(), authorizationParameters('playground', { claims: text }))
  if (beginning.next !== 'answer') return undefined
  const { error, error_description } = answered(beginning.response)
  return `${error} ${error_description?.split(':')[0]}`
}

async function idTokenWith(idToken: object, scope = 'openid profile') {
  const { id_token } = await tokensFor(openServer(), 'playground', {
    scope,
    claims: JSON.stringify({ id_token: idToken }),
  })
  return decodeJwt(id_token)
}

test('puts a claim into the ID token where the scope covers it', async () => {
  const asked = { name: null, locale: { essential: true }, email: null, unheard_of: null }
  const claims = await idTokenWith(asked)
  expect(claims).toMatchObject({ sub: alice, name: 'Alice', locale: 'en' })
  expect(claims).not.toHaveProperty('email')
  expect(claims).not.toHaveProperty('unheard_of')
  expect(await idTokenWith({ name: null }, 'openid')).not.toHaveProperty('name')
  expect(await idTokenWith({})).not.toHaveProperty('name')
})

test('never overwrites what the server says of itself and of the login', async () => {
  const forged = {
    iss: { value: 'https://evil.example' },
    aud: null,
    exp: { value: 1 },
    acr: { value: 'gold' },
  }
  const claims = await idTokenWith(forged)
  expect(claims).toMatchObject({ iss: 'https://as.example', aud: 'playground', acr: acrValues[0] })
})

requirement('META-07', 'an essential acr is one that is advertised, and stands in the ID token', async () => {
  const [acr] = authorizationServerMetadata(openServer().server).acr_values_supported ?? []
  expect((await idTokenWith({ acr: { essential: true, values: ['x', acr] } })).acr).toBe(acr)
  for (const wish of [
    { essential: true, value: 'gold' },
    { essential: true, values: ['gold', 'silver'] },
  ])
    expect(await refusalOf({ id_token: { acr: wish } })).toBe('access_denied acr.available')
  for (const wish of [{ value: 'gold' }, { essential: true }, null, { essential: 'true', value: 'gold' }])
    expect(await refusalOf({ id_token: { acr: wish } })).toBeUndefined()
})

describe('a user asked for by sub', () => {
  const named = (sub: string) => JSON.stringify({ id_token: { sub: { value: sub } } })

  test('is the only one who may be signed in', async () => {
    const opened = openServer()
    const front = authorizationParameters('playground', { claims: named(bob) })
    const transaction = await begun(opened, front)
    expect(answered(await finish(opened, transaction)).error).toBe('login_required')
    expect(answered(await finish(opened, await begun(opened, front), bob)).code).toMatch(/^code_/)
  })

  test('has to be the one that id_token_hint names', async () => {
    const opened = openServer()
    const { id_token } = await tokensFor(opened)
    const beginning = await getAuthorize(
      opened,
      authorizationParameters('playground', { claims: named(bob), id_token_hint: id_token }),
    )
    if (beginning.next !== 'answer') throw new Error(beginning.next)
    expect(answered(beginning.response).error_description).toMatch(/^user\.contradiction/)
  })
})

requirement('A-025', 'what is no JSON object, or too long, is refused at once', async () => {
  for (const claims of [
    'x',
    '[]',
    '{"id_token":[]}',
    '{"userinfo":1}',
    '{"id_token":{},"id_token":{}}',
    '{'.repeat(9),
  ])
    expect(await refusalOf(claims), claims).toBe('invalid_request claims.valid')
  expect(await refusalOf({ id_token: { name: 'x'.repeat(4096) } })).toBe('invalid_request claims.valid')
})
