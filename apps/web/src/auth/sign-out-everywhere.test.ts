import { decodeJwt } from 'jose'
import { describe, expect, it } from 'vitest'
import { fakeAuthorizationServer, issuer } from '../testing/fake-authorization-server.ts'
import { testBrowser } from '../testing/test-browser.ts'
import { testWeb } from '../testing/test-web.ts'
import { signOutEverywhere } from './sign-out-everywhere.ts'

async function arrange(answer: () => Response) {
  const server = await fakeAuthorizationServer()
  const asked: URLSearchParams[] = []
  const web = await testWeb(async (input, init) => {
    const request = new Request(input, init)
    if (request.url !== `${issuer}/logout/everywhere`) return server.fetch(request)
    asked.push(new URLSearchParams(await request.text()))
    return answer()
  })
  const [here, elsewhere] = [testBrowser(web, server), testBrowser(web, server)]
  for (const browser of [here, elsewhere]) await browser.signIn()
  const session = await web.sessions.find((await here.session())?.sessionId ?? '')
  if (session === undefined) throw new Error('not signed in')
  return { web, here, elsewhere, session, asked }
}

describe('sign-out everywhere', () => {
  it('ends the sessions of the user in every browser, after the authorization server was told whose they are', async () => {
    const { web, here, elsewhere, session, asked } = await arrange(() => Response.json({}))
    await signOutEverywhere(web, session)
    expect(await here.session()).toBeUndefined()
    expect(await elsewhere.session()).toBeUndefined()
    expect(asked).toHaveLength(1)
    expect(decodeJwt(asked[0]?.get('id_token_hint') ?? '').sub).toBe(session.subject)
    expect(decodeJwt(asked[0]?.get('client_assertion') ?? '')).toMatchObject({ iss: 'web', aud: issuer })
  })

  it('ends nothing where the authorization server did not, and says so', async () => {
    const { web, here, elsewhere, session } = await arrange(() => new Response(null, { status: 503 }))
    await expect(signOutEverywhere(web, session)).rejects.toThrow('503')
    expect(await here.session()).toBeDefined()
    expect(await elsewhere.session()).toBeDefined()
  })
})
