import { describe, expect, it } from 'vitest'
import { fakeAuthorizationServer } from '../testing/fake-authorization-server.ts'
import { testBrowser } from '../testing/test-browser.ts'
import { testWeb } from '../testing/test-web.ts'
import { refreshAgain } from './refresh-again.ts'

async function arrange() {
  const server = await fakeAuthorizationServer()
  const web = await testWeb(server.fetch)
  const browser = testBrowser(web, server)
  await browser.signIn()
  const id = (await browser.session())?.sessionId ?? ''
  const refreshes = () =>
    server.posts('/token').filter(({ form }) => form.get('grant_type') === 'refresh_token').length
  return { web, id, refreshes }
}

describe('Refresh now', () => {
  it('asked ten times at once makes one refresh, and everybody has the session (B-013)', async () => {
    const { web, id, refreshes } = await arrange()
    const sessions = await Promise.all(Array.from({ length: 10 }, () => refreshAgain(web, id, 0)))
    expect(refreshes()).toBe(1)
    expect(sessions.map((session) => session?.refreshCount)).toEqual(Array(10).fill(1))
  })

  it('asked again by a page that is out of date makes none', async () => {
    const { web, id, refreshes } = await arrange()
    for (let press = 0; press < 3; press++) await refreshAgain(web, id, 0)
    expect(refreshes()).toBe(1)
    await refreshAgain(web, id, 1)
    expect(refreshes()).toBe(2)
  })

  it('asked over two replicas on one store makes one, and nobody is signed out (B-014)', async () => {
    const { web, id, refreshes } = await arrange()
    const replica = { ...web, refreshes: new Map() }
    const both = Array.from({ length: 10 }, (_, n) => refreshAgain(n % 2 ? web : replica, id, 0))
    const sessions = await Promise.all(both)
    expect(refreshes()).toBe(1)
    expect(new Set(sessions.map((session) => session?.tokens.accessToken)).size).toBe(1)
    expect(await web.sessions.find(id)).toBeDefined()
  })

  it('gives nothing for a session that is over', async () => {
    const { web, id } = await arrange()
    await web.sessions.end(id)
    expect(await refreshAgain(web, id, 0)).toBeUndefined()
  })
})
