import { expect, type Page, test } from '@playwright/test'
import { platform } from '../harness/platform.ts'
import { expectDone, runAll, stepThrough, stepTitles } from '../harness/playground.ts'
import { answerTheForms } from '../harness/sign-in.ts'

const home = () => `${platform().web}/playground`

/** Everything the page posts from now on. */
function postsOf(page: Page): string[] {
  const posts: string[] = []
  page.on('request', (request) => request.method() === 'POST' && posts.push(request.url()))
  return posts
}

function stepOf(page: Page, title: string) {
  return page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: title })
}

test('a link reproduces the set-up: algorithm, place of the key, kind of request, binding', async ({
  page,
}) => {
  await page.goto(`${home()}?alg=Ed25519&request=plain#key`)
  await expect(page.getByLabel('Algorithm')).toHaveValue('Ed25519')
  await expect(page.getByRole('combobox', { name: /^Request/ })).toHaveValue('plain')
  await expect(page.getByLabel('Code bound by')).toHaveValue('dpop_jkt')
  const button = page.getByRole('button', { name: 'Run all' })
  await expect(button).toBeEnabled()
  await button.click()
  await page.waitForURL((url) => url.origin === new URL(platform().issuer).origin)
  await answerTheForms(page)
  await page.waitForURL(`${home()}*`)
  for (const title of stepTitles.slice(0, -1)) await expectDone(page, title)
  expect(new URL(page.url()).searchParams.toString()).toBe('alg=Ed25519&request=plain')
  await stepOf(page, 'Generate a key').click()
  await expect(page.getByRole('main')).toContainText('Ed25519')
})

test('choosing an option writes it into the address, and a step of the address is shown', async ({
  page,
}) => {
  await page.goto(`${home()}#profile`)
  await expect(page.getByRole('heading', { level: 2, name: 'Read the profile' })).toBeVisible()
  await page.getByLabel('Algorithm').selectOption('PS256')
  await expect.poll(() => page.url()).toContain('?alg=PS256')
  await page.reload()
  await expect(page.getByLabel('Algorithm')).toHaveValue('PS256')
})

test('a key in memory stays in this page: another tab signs in and hands the answer over', async ({
  page,
  context,
}) => {
  await page.goto(`${home()}?key=memory`)
  const button = page.getByRole('button', { name: 'Run all' })
  await expect(button).toBeEnabled()
  await button.click()
  const opening = context.waitForEvent('page')
  await page.getByRole('link', { name: 'Sign in in a new tab' }).click()
  const other = await opening
  await answerTheForms(other)
  await expect(other.getByRole('heading', { name: 'Done here' })).toBeVisible()
  for (const title of stepTitles.slice(0, -1)) await expectDone(page, title)
  await page.reload()
  await expect(stepOf(page, 'Generate a key')).toContainText('Open')
})

test('Back and reload repeat no POST, before and after the visit, and the key is still there', async ({
  page,
}) => {
  await page.goto(home())
  for (const title of stepTitles.slice(0, 3)) await stepThrough(page, title)
  const posts = postsOf(page)
  await page.reload()
  await expectDone(page, 'Generate a key')
  expect(posts).toEqual([])

  await runAll(page)
  posts.length = 0
  for (const title of stepTitles) {
    await stepOf(page, title).click()
    await page.reload()
    await expectDone(page, 'Generate a key')
  }
  await page.goBack()
  await page.goForward()
  expect(posts).toEqual([])
})

test('coming back from the authorization server without an answer leaves the pushed request as it was', async ({
  page,
}) => {
  await page.goto(home())
  const button = page.getByRole('button', { name: 'Run all' })
  await expect(button).toBeEnabled()
  await button.click()
  await page.waitForURL((url) => url.origin === new URL(platform().issuer).origin)
  const posts = postsOf(page)
  await page.goto(home())
  await expectDone(page, 'Push the request')
  await expect(page.getByRole('heading', { level: 2, name: 'Sign in and consent' })).toBeVisible()
  expect(posts).toEqual([])
})
