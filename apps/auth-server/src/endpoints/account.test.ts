import { requirement } from '@keybound/testkit'
import { expect, test } from 'vitest'
import { Browser, shown } from '../../test/browser.ts'
import { password } from '../../test/clients.ts'
import { openApp } from '../../test/open-app.ts'

const alice = '6f1c1d5e-0001-4000-8000-000000000001'

async function signedIn(app: Awaited<ReturnType<typeof openApp>>, username = 'alice') {
  const browser = new Browser(app)
  const account = shown(await browser.press(await browser.show('/login'), 'login', { username, password }))
  return { browser, account }
}

test('without a session the account page leads to the login page', async () => {
  const browser = new Browser(await openApp())
  expect((await browser.show('/account')).url.pathname).toBe('/login')
})

test('lists the sessions and ends another one', async () => {
  const app = await openApp()
  const here = await signedIn(app)
  const there = await signedIn(app)
  const page = await here.browser.show('/account')
  expect(page.html.match(/Signed in just now/g)).toHaveLength(2)
  expect(page.html.match(/this browser/g)).toHaveLength(1)
  await here.browser.press(page, undefined)
  expect((await there.browser.show('/account')).url.pathname).toBe('/login')
  expect((await here.browser.show('/account')).url.pathname).toBe('/account')
})

test('lists the apps with access and ends it', async () => {
  const app = await openApp()
  const { consents } = app.storage.stores
  await consents.save({
    subject: alice,
    clientId: 'web',
    scope: ['profile'],
    grantedAt: app.clock.now() - 7200,
  })
  const { browser, account } = await signedIn(app)
  expect(account.html).toContain('Read your profile')
  expect(account.html).toContain('2 hours ago')
  const after = shown(await browser.press(account, undefined))
  expect(after.html).toContain('No app may use your account.')
  expect(await consents.find(alice, 'web')).toBeUndefined()
})

test('nobody can end the session of another user', async () => {
  const app = await openApp()
  const bob = await signedIn(app, 'bob')
  const { browser } = await signedIn(app)
  await signedIn(app)
  const page = await browser.show('/account')
  const [theirs] = await app.storage.sessionRecords.list('6f1c1d5e-0001-4000-8000-000000000002')
  await browser.press(page, undefined, { session: theirs?.id })
  expect((await bob.browser.show('/account')).url.pathname).toBe('/account')
})

requirement(
  'U-001',
  'a post without the token, with a foreign origin, or without saying what to end changes nothing',
  async () => {
    const app = await openApp()
    const other = await signedIn(app)
    const { browser, account } = await signedIn(app)
    expect(shown(await browser.press(account, undefined, { csrf: undefined })).status).toBe(403)
    expect(shown(await browser.press(account, undefined, {}, { origin: 'null' })).status).toBe(403)
    expect(shown(await browser.press(account, undefined, { end: 'everything' })).status).toBe(400)
    expect((await other.browser.show('/account')).url.pathname).toBe('/account')
  },
)
