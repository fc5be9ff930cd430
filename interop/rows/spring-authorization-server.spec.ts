import { dpopFetch, generateKey } from '@keybound/dpop'
import { FormSession } from '@keybound/e2e/harness/form-session'
import { expect } from '@playwright/test'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import type { Registration } from '../harness/code-flow.ts'
import { type OurTokens, obtainWithOurClient } from '../harness/our-client.ts'
import {
  expectAccessWithItsKeyAlone,
  type OurResourceServer,
  openOurResourceServer,
} from '../harness/our-resource-server.ts'
import { exercised, finding, row, test } from '../harness/row.ts'
import { springVersion, startSpring, whyNoSpring } from '../harness/spring.ts'

test.skip(whyNoSpring() !== undefined, whyNoSpring())

test(
  'Spring Authorization Server gives our client bound tokens, which our resource server accepts',
  row({
    product: 'Spring Authorization Server',
    version: springVersion('authorization-server'),
    role: 'authorization server',
  }),
  async () => {
    let issuer = ''
    let stop = async () => {}
    const ourApi = await openOurResourceServer(async (resource) => {
      const spring = await startSpring('authorization-server', (port) => {
        issuer = `http://127.0.0.1:${port}`
        return { 'spring.security.oauth2.authorizationserver.issuer': issuer, 'keybound.audience': resource }
      })
      stop = spring.stop
      return { issuer, jwksUri: `${issuer}/oauth2/jwks`, scope: 'profile' }
    })
    try {
      const registration = {
        issuer,
        clientId: 'keybound',
        clientSecret: 'a-secret-of-a-demonstration',
        redirectUri: 'http://127.0.0.1:49155/callback',
        scope: 'profile',
      }
      const ours = await obtainWithOurClient(registration, signIn)
      for (const step of ['discovery', 'code + PKCE', 'bound token']) exercised(step)
      await expectAccessWithItsKeyAlone(ourApi, ours, 'alice')

      const refreshed = await ours.refresh()
      expect(await refreshed.json()).toMatchObject({ token_type: 'DPoP' })
      exercised('refresh')
      const byDefault = {
        ...registration,
        clientId: 'as-spring-does',
        clientSecret: 'another-secret-of-a-demonstration',
      }
      await findWhatItsTokensLack(byDefault, ourApi)
      await findWhatItDoesNotAsk(registration, ours)
    } finally {
      ourApi.close()
      await stop()
    }
  },
)

/** Spring's access token as it comes without the customizer of TokenConfiguration.java. */
async function findWhatItsTokensLack(registration: Registration, { url }: OurResourceServer): Promise<void> {
  const { key, nonces, accessToken } = await obtainWithOurClient(registration, signIn)
  expect(decodeProtectedHeader(accessToken).typ).toBeUndefined()
  const { aud, client_id, scope } = decodeJwt(accessToken)
  expect({ aud, client_id, scope }).toEqual({
    aud: registration.clientId,
    client_id: undefined,
    scope: ['profile'],
  })
  const refused = await dpopFetch(url, { key, nonces, accessToken })
  expect(refused.headers.get('www-authenticate')).toContain('token.valid: typ of the token is not at+jwt')
  finding(
    'Its access tokens are not those of RFC 9068: no `typ: at+jwt`, `aud` is the client, `scope` is an array and there is no `client_id`. Our resource server refuses them (`token.valid`) until an `OAuth2TokenCustomizer` of ten lines mends them ([TokenConfiguration.java](../interop/spring/authorization-server/src/main/java/dev/keybound/interop/authorizationserver/TokenConfiguration.java)).',
  )
}

async function findWhatItDoesNotAsk(registration: Registration, ours: OurTokens): Promise<void> {
  expect(ours.nonces.get(registration.issuer)).toBeUndefined()
  expect(ours.metadata.pushed_authorization_request_endpoint).toBeUndefined()
  finding('Pushed requests are off in Spring Boot and not configured by properties.')
  finding('It gives out no nonces: no answer of its token endpoint carried a `DPoP-Nonce`.')

  const otherKey = await generateKey('ES256')
  const stolen = await obtainWithOurClient(registration, signIn, { otherKey })
  expect(decodeJwt(stolen.accessToken).cnf).toEqual({ jkt: otherKey.jkt })
  finding(
    'It does not bind codes to keys: `dpop_jkt` is ignored (RFC 9449 §10 has a server that is given it refuse every other key). A code that was asked for with one key was redeemed with another.',
  )
}

async function signIn(url: URL): Promise<URL> {
  const person = new FormSession(url.origin)
  const login = await person.open(url)
  return (await person.submit(login, { username: 'alice', password: 'keybound-demo' })).url
}
