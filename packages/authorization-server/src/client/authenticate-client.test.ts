import { requirement } from '@keybound/testkit'
import { describe, expect, test } from 'vitest'
import { secret } from '../../test/clients.ts'
import { refusal } from '../../test/refusal.ts'
import { assertion, assertionForm, basic, type Parameters, type Sent, send } from '../../test/requests.ts'
import { openServer } from '../../test/server.ts'

const unknownRefreshToken = { grant_type: 'refresh_token', refresh_token: 'rt_x' }

/** What the token endpoint says; a request whose client is fine gets as far as its refresh token. */
async function outcome(form: Parameters, sent: Sent = {}): Promise<string> {
  const opened = openServer()
  const response = await send(
    opened,
    '/token',
    { ...unknownRefreshToken, ...form },
    { client: 'nobody', ...sent },
  )
  return refusal(response)
}

const authenticated = '400 invalid_grant refresh.live'
const notAuthenticated = '401 invalid_client client.auth'

describe('one method', () => {
  requirement(['T-023', 'RFC6749-10'], 'refuses two in one request', async () => {
    const twice = '400 invalid_request client.single'
    const headers = { authorization: basic('shop', secret) }
    expect(await outcome({ client_id: 'shop', client_secret: secret }, { headers })).toBe(twice)
    expect(await outcome(assertionForm('x'), { headers })).toBe(twice)
    expect(await outcome({ ...assertionForm('x'), client_secret: secret })).toBe(twice)
  })

  requirement('T-024', 'refuses another than the client is registered for', async () => {
    const { clock } = openServer()
    expect(await outcome({ client_id: 'web' })).toBe(notAuthenticated)
    expect(await outcome({ client_id: 'shop' })).toBe(notAuthenticated)
    expect(await outcome({ client_id: 'playground', client_secret: 'anything' })).toBe(notAuthenticated)
    expect(await outcome({}, { headers: { authorization: basic('shop', secret) } })).toBe(notAuthenticated)
    expect(await outcome(assertionForm(await assertion('shop', clock.now())))).toBe(notAuthenticated)
  })

  test('refuses a request without any client', async () => {
    expect(await outcome({})).toBe(notAuthenticated)
  })

  test('takes each method from a client that is registered for it', async () => {
    expect(await outcome({}, { client: 'playground' })).toBe(authenticated)
    expect(await outcome({}, { client: 'web' })).toBe(authenticated)
    expect(await outcome({}, { client: 'shop' })).toBe(authenticated)
    expect(await outcome({}, { client: 'resource-api' })).toBe('400 unauthorized_client grant_type.allowed')
  })
})

describe('client_secret_basic', () => {
  requirement('T-031', 'takes a secret with %, +, : and ü, form-encoded', async () => {
    const response = await send(
      openServer(),
      '/introspect',
      { token: 'x' },
      { client: 'resource-api', proof: false },
    )
    expect(await response.json()).toEqual({ active: false })
  })

  requirement(['T-022', 'RFC6749-07'], 'answers a wrong secret with 401 and a Basic challenge', async () => {
    for (const authorization of [
      basic('resource-api', 'wrong'),
      basic('resource-api', ''),
      `Basic ${btoa('resource-api')}`,
      `Basic ${btoa(`:${secret}`)}`,
      `Basic ${btoa('resource-api:%zz')}`,
      'Bearer abc',
    ]) {
      const response = await send(
        openServer(),
        '/introspect',
        { token: 'x' },
        { client: 'nobody', headers: { authorization } },
      )
      expect(response.headers.get('www-authenticate'), authorization).toMatch(/^Basic realm=/)
      expect(await refusal(response), authorization).toBe(notAuthenticated)
    }
  })

  test('no Basic challenge where Basic was not tried', async () => {
    const sent = { client: 'nobody', proof: false } as const
    const response = await send(
      openServer(),
      '/introspect',
      { token: 'x', client_id: 'shop', client_secret: 'wrong' },
      sent,
    )
    expect(response.status).toBe(401)
    expect(response.headers.has('www-authenticate')).toBe(false)
  })

  test('refuses a client_id in the body that is not the one in the header', async () => {
    const headers = { authorization: basic('resource-api', secret) }
    const form = { token: 'x', client_id: 'shop' }
    expect(await refusal(await send(openServer(), '/introspect', form, { client: 'nobody', headers }))).toBe(
      notAuthenticated,
    )
  })
})

requirement(['OPS-25', 'T-051'], 'an unknown client and a wrong secret get the same answer', async () => {
  const opened = openServer()
  const answers = []
  const attempts: Parameters[] = [
    { client_id: 'shop', client_secret: 'wrong' },
    { client_id: 'nobody-at-all', client_secret: 'wrong' },
    assertionForm(await assertion('nobody-at-all', opened.clock.now())),
    assertionForm(await assertion('service', opened.clock.now(), { iss: 'web', sub: 'web' })),
  ]
  for (const form of attempts) {
    const response = await send(opened, '/token', { ...unknownRefreshToken, ...form }, { client: 'nobody' })
    answers.push([response.status, await response.text(), [...response.headers]])
  }
  for (const answer of answers) expect(answer).toEqual(answers[0])
})
