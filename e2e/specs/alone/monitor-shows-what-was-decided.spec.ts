import { expect, type Page, test } from '@playwright/test'
import { platform } from '../../harness/platform.ts'
import { runAll } from '../../harness/playground.ts'
import { sendRaw } from '../../harness/send-raw.ts'
import { watchPage } from '../../harness/watch-page.ts'

async function open(page: Page): Promise<void> {
  await page.goto(`${platform().web}/monitor`)
  await expect(page.getByText('3 of 3 servers connected')).toBeVisible()
}

/** A proof that is none, which the API refuses by jwt.wellformed. */
function sendNonsense() {
  return sendRaw(platform().api, {
    path: '/api/profile',
    headers: [
      ['Authorization', 'DPoP nonsense'],
      ['DPoP', 'nonsense'],
    ],
  })
}

/** The total of dpop_proofs_total with that outcome, as Prometheus would read it. */
async function totalOf(url: string, outcome: string): Promise<number> {
  const text = await (await fetch(url)).text()
  const lines = text.matchAll(/^dpop_proofs_total\{([^}]*)\} (\d+)$/gm)
  return Array.from(lines).reduce(
    (total, [, labels = '', value]) => total + (labels.includes(`outcome="${outcome}"`) ? Number(value) : 0),
    0,
  )
}

test('an attack is on the screen as it is refused, with its check, and among the causes', async ({
  page,
}) => {
  const watch = watchPage(page)
  await open(page)
  expect((await sendNonsense()).status).toBe(401)
  const decisions = page.getByRole('table', { name: 'Decisions' })
  await expect(decisions.getByRole('link', { name: 'jwt.wellformed' }).first()).toBeVisible()
  await expect(page.getByRole('region', { name: 'Why so many 401s?' })).toContainText('jwt.wellformed')
  await page.getByLabel('Check').selectOption('jwt.wellformed')
  await page.getByLabel('Outcome').selectOption('rejected')
  await expect(decisions.getByRole('row').nth(1)).toContainText('401 rejected')
  watch.expectClean()
})

test('an attack launched in the lab is on the screen, and the path of its servers is nobody else’s to know', async ({
  page,
  context,
}) => {
  await open(page)
  const lab = await context.newPage()
  await lab.goto(`${platform().web}/lab/thief-key`)
  await lab.getByRole('button', { name: 'Launch', exact: true }).click()
  await expect(lab.getByText('Stopped by jkt.match', { exact: true })).toBeVisible()
  await page.bringToFront()
  const row = page
    .getByRole('table', { name: 'Decisions' })
    .getByRole('row', { name: /jkt\.match/ })
    .first()
  await expect(row).toContainText('lab GET /api/profile')
  await expect(row).toContainText('key mismatch')
  await expect(page.getByRole('table', { name: 'Decisions' })).not.toContainText('/w/')
})

test('the figures on the page are those of /metrics, and of the feed', async ({ page, browser }) => {
  test.setTimeout(120_000)
  const other = await browser.newPage()
  await runAll(other)
  await other.close()
  await open(page)
  const { metrics } = platform()
  for (const [server, url] of Object.entries(metrics)) {
    const row = page.getByRole('table', { name: 'Figures of /metrics' }).getByRole('row', { name: server })
    for (const [column, outcome] of ['accepted', 'rejected', 'challenged'].entries())
      await expect(async () => {
        expect(Number(await row.getByRole('cell').nth(column).textContent())).toBe(
          await totalOf(url, outcome),
        )
      }).toPass()
  }

  // Other tests go on beside this one: both are read until they agree.
  await expect(async () => {
    const shown = await page.getByText(/ of \d+ decisions/).textContent()
    const [, told] = /of (\d+) decisions/.exec(shown ?? '') ?? []
    const counted = await Promise.all(
      Object.values(metrics).flatMap((url) =>
        ['accepted', 'rejected', 'challenged'].map((outcome) => totalOf(url, outcome)),
      ),
    )
    const total = counted.reduce((sum, count) => sum + count, 0)
    expect(Number(told)).toBe(Math.min(total, 1000))
  }).toPass()
})

test('each chart has a table twin, and the keyboard opens it', async ({ page }) => {
  await open(page)
  await sendNonsense()
  for (const title of ['Decisions per second, the last minute', 'Why not, the last five minutes']) {
    const panel = page.getByRole('region', { name: title, exact: true })
    await panel.locator('summary').focus()
    await page.keyboard.press('Enter')
    await expect(panel.getByRole('table', { name: title })).toBeVisible()
  }
})

test('the feed goes on where it was after a pause, and nothing is told twice', async ({ page }) => {
  await sendNonsense()
  await open(page)
  await page.getByLabel('Check').selectOption('jwt.wellformed')
  await page.getByRole('button', { name: 'Pause' }).click()
  const paused = new Date().toISOString()
  await sendNonsense()
  await page.getByRole('button', { name: 'Go on' }).click()
  await expect(page.getByText('3 of 3 servers connected')).toBeVisible()
  await sendNonsense()
  const times = () =>
    page
      .getByRole('table', { name: 'Decisions' })
      .locator('time')
      .evaluateAll((all) => all.map((time) => time.getAttribute('datetime') ?? ''))
  await expect(async () => expect((await times()).filter((time) => time >= paused)).toHaveLength(2)).toPass({
    timeout: 20_000,
  })
  const told = await times()
  expect(told).toEqual([...told].sort().reverse())
})
