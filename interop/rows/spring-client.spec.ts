import { join, relative } from 'node:path'
import { signInAndAllow } from '@keybound/e2e/harness/form-session'
import { platform } from '@keybound/e2e/harness/platform'
import { expect } from '@playwright/test'
import { decodeJwt } from 'jose'
import { evidence } from '../harness/evidence.ts'
import { expectCodeFlow, expectOnTheWire, expectTheftToFail, finding, row, test } from '../harness/row.ts'
import { type SpringApplication, springVersion, startSpring, whyNoSpring } from '../harness/spring.ts'

const subject = { version: springVersion('client'), role: 'client' } as const

let spring: SpringApplication

test.skip(whyNoSpring() !== undefined, whyNoSpring())

test.afterEach(() => spring?.stop())

/** A new process for each row, so that it has no nonce yet; it reads the metadata while it starts. */
test.beforeEach(async ({ wire: _ }) => {
  const { issuer, profileUrl, data } = platform()
  spring = await startSpring('client', () => ({
    'spring.security.oauth2.client.provider.keybound.issuer-uri': issuer,
    'keybound.profile': profileUrl,
    // Relative, as where nothing is said: the key is then in `.keybound` of the repository.
    KEYBOUND_DATA: relative(join(import.meta.dirname, '../spring/client'), data),
    // Longer than a token lives: every request after the first refreshes.
    'keybound.refresh-before-expiry': '10m',
  }))
})

test(
  'a Spring service gets a bound token with client_credentials and calls our API',
  row({ product: 'Spring Boot client, client_credentials', ...subject }),
  async ({ wire }) => {
    const response = await fetch(`${spring.url}/service`)
    expect(await response.json()).toMatchObject({ sub: 'service', client: true })
    await expectOnTheWire(wire, [
      'discovery',
      'client_credentials',
      'private_key_jwt',
      'token bound to its key',
      'nonce of the auth-server',
      'nonce of the API',
      'resource call',
    ])
    await expectTheftToFail(wire)
    const seen = await wire.exchanges()
    const token = seen.find(({ path, status }) => path === '/token' && status === 200)
    const assertion = new URLSearchParams(token?.requestBody).get('client_assertion') ?? ''
    expect(decodeJwt(assertion).aud).toBe(platform().issuer)
    finding(
      'The audience of its client assertions is the token endpoint unless a customizer says otherwise; Keybound takes the issuer alone, so [OAuth2ClientConfiguration.java](../interop/spring/client/src/main/java/dev/keybound/interop/client/OAuth2ClientConfiguration.java) has one.',
    )
    expect(seen.some(({ requestHeaders }) => requestHeaders.upgrade?.[0] === 'h2c')).toBe(true)
    finding(
      'The HttpClient of the JDK offers HTTP/2 with its first request to an http URL (`Upgrade: h2c`). Keybound answers over HTTP/1.1 ([decision 010](decisions/010-offers-of-http2-are-ignored.md)).',
    )
  },
)

test(
  'a Spring web application gets a bound token with the code grant and calls our API',
  row({ product: 'Spring Boot client, code grant', ...subject }),
  async ({ wire }) => {
    const started = await fetch(`${spring.url}/profile`, { redirect: 'manual' })
    const cookie = started.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ')
    const answer = await signInAndAllow(started.headers.get('location') ?? '', platform().password)
    const returned = await fetch(answer, { redirect: 'manual', headers: { cookie } })
    const profile = await fetch(returned.headers.get('location') ?? '', { headers: { cookie } })
    expect(profile.status, await profile.clone().text()).toBe(200)
    expect(await profile.json()).toMatchObject({ name: expect.stringMatching(/alice/i) })
    await expectCodeFlow(wire, { without: ['PAR'] })
    expect(await evidence.PAR(await wire.exchanges())).toBe(false)
    finding(
      'Spring Security has no pushed requests for clients; `dpop_jkt` goes through the browser instead.',
    )
  },
)
