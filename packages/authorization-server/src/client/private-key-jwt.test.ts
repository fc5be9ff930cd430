import { requirement, testKeys } from '@keybound/testkit'
import { generateKeyPair, importJWK, SignJWT } from 'jose'
import { describe, expect, test } from 'vitest'
import { clients } from '../../test/clients.ts'
import { authorizationParameters } from '../../test/flow.ts'
import { refusal } from '../../test/refusal.ts'
import { assertion, assertionForm, type Parameters, send } from '../../test/requests.ts'
import { issuer, type Opened, openServer } from '../../test/server.ts'

type Members = Readonly<Record<string, unknown>>

async function sendForm(opened: Opened, form: Parameters): Promise<Response> {
  return send(opened, '/token', { grant_type: 'client_credentials', ...form }, { client: 'nobody' })
}

/** What an assertion of `service` gets that is good save for this. */
async function outcome(claims: Members, header: Members = {}): Promise<string> {
  const opened = openServer()
  const response = await sendForm(
    opened,
    assertionForm(await assertion('service', opened.clock.now(), claims, header)),
  )
  return response.ok ? 'accepted' : refusal(response)
}

const now = openServer().clock.now()

describe('a client assertion', () => {
  requirement(
    ['T-026', 'PKJWT-05', 'PAR-08'],
    'names the issuer as its audience, as one string',
    async () => {
      expect(await outcome({ aud: issuer })).toBe('accepted')
      for (const aud of [
        `${issuer}/token`,
        `${issuer}/par`,
        [issuer],
        [issuer, `${issuer}/token`],
        `${issuer}/`,
        undefined,
      ]) {
        expect(await outcome({ aud }), String(aud)).toBe('401 invalid_client assertion.audience')
      }
    },
  )

  requirement('T-026', 'has no typ of another purpose', async () => {
    for (const typ of [undefined, 'JWT', 'client-authentication+jwt']) {
      expect(await outcome({}, { typ }), typ).toBe('accepted')
    }
    for (const typ of ['dpop+jwt', 'at+jwt', 'logout+jwt', 'jwt2']) {
      expect(await outcome({}, { typ }), typ).toBe('401 invalid_client assertion.typ')
    }
  })

  requirement(
    ['T-027', 'PKJWT-01', 'PKJWT-02', 'FAPI-01'],
    'has all its claims, and lives 300 s at most',
    async () => {
      const table: [Members, string][] = [
        [{ exp: now + 300 }, 'accepted'],
        [{ exp: now + 301 }, 'assertion.time'],
        [{ exp: now }, 'assertion.time'],
        [{ exp: now + 60, iat: now + 10, nbf: now + 10 }, 'accepted'],
        [{ iat: now + 11 }, 'assertion.time'],
        [{ nbf: now + 61 }, 'assertion.time'],
        [{ iat: 'now' }, 'assertion.time'],
        [{ exp: undefined }, 'assertion.time'],
        [{ exp: String(now + 60) }, 'assertion.time'],
        [{ iat: undefined, nbf: undefined }, 'accepted'],
        [{ sub: undefined }, 'assertion.subject'],
        [{ iss: undefined }, 'assertion.subject'],
        [{ iss: 'web' }, 'assertion.subject'],
        [{ jti: undefined }, 'assertion.jti'],
        [{ jti: '' }, 'assertion.jti'],
        [{ jti: 7 }, 'assertion.jti'],
        [{ jti: 'j'.repeat(129) }, 'assertion.jti'],
      ]
      for (const [claims, expected] of table) {
        const refused = expected === 'accepted' ? expected : `401 invalid_client ${expected}`
        expect(await outcome(claims), JSON.stringify(claims)).toBe(refused)
      }
    },
  )

  requirement(['T-027', 'FAPI-05'], 'is signed with an algorithm that is advertised', async () => {
    const { privateKey } = await generateKeyPair('RS256')
    const claims = { iss: 'service', sub: 'service', aud: issuer, jti: 'j', exp: now + 60 }
    const rs256 = await new SignJWT(claims).setProtectedHeader({ alg: 'RS256' }).sign(privateKey)
    const none = `${btoa('{"alg":"none"}').replaceAll('=', '')}.${rs256.split('.')[1]}.`
    for (const forged of [rs256, none]) {
      expect(await refusal(await sendForm(openServer(), assertionForm(forged)))).toBe(
        '401 invalid_client assertion.alg',
      )
    }
  })

  test("is signed with the client's own key", async () => {
    const stranger = await importJWK(testKeys.ES256.privateJwk, 'ES256')
    const claims = { iss: 'service', sub: 'service', aud: issuer, jti: 'j', exp: now + 60 }
    for (const kid of ['service-key', 'another-key', undefined]) {
      const forged = await new SignJWT(claims)
        .setProtectedHeader({ alg: 'ES256', ...(kid && { kid }) })
        .sign(stranger)
      expect(await refusal(await sendForm(openServer(), assertionForm(forged)))).toBe(
        '401 invalid_client client.auth',
      )
    }
    expect(await outcome({}, { kid: 'another-key' })).toBe('401 invalid_client client.auth')
    expect(await outcome({}, { kid: undefined })).toBe('accepted')
  })

  test('is one compact JWT, of the type that its parameter says', async () => {
    for (const text of ['x', 'a.b.c', '..', `${'e'.repeat(9000)}`]) {
      expect(await refusal(await sendForm(openServer(), assertionForm(text)))).toBe(
        '401 invalid_client assertion.wellformed',
      )
    }
    const good = await assertion('service', now)
    const saml = {
      ...assertionForm(good),
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:saml2-bearer',
    }
    expect(await refusal(await sendForm(openServer(), saml))).toBe('401 invalid_client assertion.type')
    expect(await outcome({}, { crit: ['b64'], b64: true })).toBe('401 invalid_client assertion.wellformed')
  })

  requirement('PKJWT-04', 'agrees with client_id where that is sent too', async () => {
    const opened = openServer()
    const form = assertionForm(await assertion('service', now))
    expect(await refusal(await sendForm(opened, { ...form, client_id: 'web' }))).toBe(
      '401 invalid_client client.auth',
    )
    expect((await sendForm(opened, { ...form, client_id: 'service' })).status).toBe(200)
  })
})

test('a key is no credential of a client that is registered for a secret', async () => {
  const opened = openServer()
  await opened.stores.saveClient({ ...clients.service, token_endpoint_auth_method: 'client_secret_post' })
  const form = assertionForm(await assertion('service', now))
  expect(await refusal(await sendForm(opened, form))).toBe('401 invalid_client client.auth')
})

requirement('PKJWT-03', 'an assertion is spent at every endpoint that takes it', async () => {
  for (const [path, parameters] of [
    ['/par', authorizationParameters('web')],
    ['/revoke', { token: 'x' }],
    ['/introspect', { token: 'x' }],
  ] as const) {
    const opened = openServer()
    const form = { ...parameters, ...assertionForm(await assertion('web', now)) }
    const sent = { client: 'nobody', proof: false } as const
    expect((await send(opened, path, form, sent)).ok, path).toBe(true)
    expect(await refusal(await send(opened, path, form, sent))).toBe('401 invalid_client assertion.unused')
  }
})

describe('its jti', () => {
  requirement('PKJWT-03', 'is good once, until the assertion itself has expired', async () => {
    const opened = openServer()
    const form = assertionForm(await assertion('service', now))
    expect((await sendForm(opened, form)).status).toBe(200)
    expect(await refusal(await sendForm(opened, form))).toBe('401 invalid_client assertion.unused')
    opened.clock.advance(59)
    expect(await refusal(await sendForm(opened, form))).toBe('401 invalid_client assertion.unused')
    opened.clock.advance(1)
    expect(await refusal(await sendForm(opened, form))).toBe('401 invalid_client assertion.time')
  })

  requirement('T-028', 'of eight at once wins one', async () => {
    const opened = openServer()
    const form = assertionForm(await assertion('service', now))
    const responses = await Promise.all(Array.from({ length: 8 }, () => sendForm(opened, form)))
    expect(responses.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(responses.filter(({ status }) => status === 401)).toHaveLength(7)
  })

  test('may be the same as another client uses', async () => {
    const opened = openServer()
    const jti = 'the-same-jti'
    expect((await sendForm(opened, assertionForm(await assertion('service', now, { jti })))).status).toBe(200)
    const web = await send(
      opened,
      '/revoke',
      { token: 'x', ...assertionForm(await assertion('web', now, { jti })) },
      { client: 'nobody' },
    )
    expect(web.status).toBe(200)
  })
})
