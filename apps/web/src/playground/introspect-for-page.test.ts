import { decodeJwt } from 'jose'
import { describe, expect, it } from 'vitest'
import { fakeAuthorizationServer, issuer } from '../testing/fake-authorization-server.ts'
import { testEnv, testWeb } from '../testing/test-web.ts'
import { introspectForPage } from './introspect-for-page.ts'

function post(form: Record<string, string>, headers: Record<string, string> = {}): Request {
  return new Request(`${testEnv.webUrl}/playground/introspect`, {
    method: 'POST',
    headers: { origin: testEnv.webUrl, ...headers },
    body: new URLSearchParams(form),
  })
}

async function ask(request: Request) {
  const server = await fakeAuthorizationServer()
  const response = await introspectForPage(await testWeb(server.fetch), request)
  return { server, response }
}

describe('the introspection for the page', () => {
  it('is authenticated as this site’s client, and the assertion does not reach the browser', async () => {
    const { server, response } = await ask(post({ token: 'at-1' }))
    const [sent] = server.posts('/introspect')
    expect(sent?.form.get('token')).toBe('at-1')
    expect(decodeJwt(sent?.form.get('client_assertion') ?? '')).toMatchObject({ iss: 'web', aud: issuer })
    const text = await response.text()
    expect(JSON.parse(JSON.parse(text).response.body)).toMatchObject({ active: true })
    expect(text).not.toContain(sent?.form.get('client_assertion'))
    expect(response.headers.get('cache-control')).toBe('no-store')
  })

  it('is not made for another site (B-009)', async () => {
    const { server, response } = await ask(post({ token: 'at-1' }, { origin: 'http://evil.example' }))
    expect(response.status).toBe(403)
    expect(server.received).toEqual([])
  })

  it('asks nobody about nothing', async () => {
    const { server, response } = await ask(post({}))
    expect(response.status).toBe(400)
    expect(server.received).toEqual([])
  })
})
