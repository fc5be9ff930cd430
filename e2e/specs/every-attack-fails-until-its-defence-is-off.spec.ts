import { expect, type Page, test } from '@playwright/test'
import { platform } from '../harness/platform.ts'

const { web, lab } = platform()

interface Attack {
  readonly number: number
  readonly id: string
  readonly title: string
  readonly defence?: string
  readonly expected: { readonly withNonce: 'succeeds' | readonly string[]; readonly withoutNonce: unknown }
}

/** Every page of the site calls nobody but these. */
const origins = [web, lab].map((url) => new URL(url).origin)

function collectFaults(page: Page): string[] {
  const faults: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text())
  })
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url())
    if (protocol.startsWith('http') && !origins.includes(origin)) faults.push(`asked ${request.url()}`)
  })
  return faults
}

test('each of the twenty attacks comes to what is expected, with its defence and without', async ({
  page,
}) => {
  test.setTimeout(600_000)
  const faults = collectFaults(page)
  const attacks = (await (await fetch(`${lab}/attacks`)).json()) as Attack[]
  expect(attacks).toHaveLength(20)
  for (const { number, id, title, defence, expected } of attacks) {
    await test.step(`${number}. ${title}`, async () => {
      await page.goto(`${web}/lab/${id}`)
      const name = expected.withNonce === 'succeeds' ? 'With every check in place' : 'With the defence'
      const defended = page.getByRole('region', { name, exact: true })
      await defended.getByRole('button', { name: 'Launch', exact: true }).click()
      const outcome =
        expected.withNonce === 'succeeds'
          ? 'The attack succeeded'
          : `Stopped by ${expected.withNonce.join(', ')}`
      await expect(defended.getByText(outcome, { exact: true })).toBeVisible()
      await expect(defended.getByRole('heading', { name: 'Why' })).toBeVisible()
      const off = page.getByRole('button', { name: 'Switch this defence off and launch' })
      if (defence === undefined) return expect(off).toHaveCount(0)
      await off.click()
      const undefended = page.getByRole('region', { name: 'Without the defence', exact: true })
      await expect(undefended.getByText('The attack succeeded', { exact: true })).toBeVisible()
    })
  }
  expect(faults).toEqual([])
})

test('the matrix is filled live, opens the exchanges of a cell, and exports without secrets', async ({
  page,
}) => {
  test.setTimeout(300_000)
  const faults = collectFaults(page)
  await page.goto(`${web}/lab/matrix`)
  await expect(page.getByRole('button', { name: 'Run all' })).toBeEnabled()
  await page.getByRole('button', { name: 'Run all' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByText(/^80 cells in [\d.]+ s, all as expected$/)).toBeVisible({ timeout: 240_000 })
  await page
    .getByRole('button', { name: /^The same request once more, DPoP: stopped by jti\.unused/ })
    .focus()
  await page.keyboard.press('Enter')
  const chosen = page.getByRole('region', { name: 'The chosen cell' })
  await expect(chosen.getByText('Stopped by jti.unused', { exact: true })).toBeVisible()
  await expect(chosen.getByText('Send the recorded request again')).toBeVisible()
  for (const [name, file] of [
    ['Export JSON', 'attacks.json'],
    ['Export CSV', 'attacks.csv'],
  ] as const) {
    const downloading = page.waitForEvent('download')
    await page.getByRole('button', { name }).click()
    const download = await downloading
    expect(download.suggestedFilename()).toBe(file)
    const chunks: Buffer[] = []
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer)
    const text = Buffer.concat(chunks).toString('utf8')
    expect(text).toContain('jti.unused')
    expect(text).not.toMatch(/eyJ[\w-]+\.[\w-]+\./)
  }
  expect(faults).toEqual([])
})

test('an attack is found by its number too', async ({ page }) => {
  await page.goto(`${web}/lab/3`)
  await expect(page).toHaveURL(`${web}/lab/replay`)
})
