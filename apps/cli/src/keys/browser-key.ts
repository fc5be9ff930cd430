import { existsSync } from 'node:fs'
import { type PublicJwk, thumbprint } from '@keybound/dpop'
import { chromium, type Page } from 'playwright-core'
import type { HeldKey } from './held-key.ts'
import { installKeyInThePage } from './in-the-page.ts'

export interface BrowserHome {
  /** A page of the origin whose IndexedDB holds the key. */
  readonly url: string
  /** The Chromium to open; Playwright's own where absent. */
  readonly program?: string
}

const systemPrograms = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/**
 * A non-extractable WebCrypto key in the IndexedDB of a real, headless Chromium. The page signs; what leaves it is the signature. The page is loaded
 * again after the key was made, so that every signature comes from the key that IndexedDB kept.
 *
 * Rejects with Error where there is no browser or no page.
 */
export async function browserKey({ url, program }: BrowserHome): Promise<HeldKey> {
  const executablePath = program ?? systemPrograms.find((path) => existsSync(path))
  const browser = await chromium.launch({
    args: ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
    chromiumSandbox: process.getuid?.() !== 0,
    ...(executablePath !== undefined && { executablePath }),
  })
  try {
    const page = await browser.newPage()
    await page.addInitScript(installKeyInThePage)
    await page.goto(url)
    const { x = '', y = '' } = await page.evaluate(() => keyInThePage.make())
    await page.reload()
    const publicJwk: PublicJwk = { kty: 'EC', crv: 'P-256', x, y }
    return {
      signer: { alg: 'ES256', publicJwk, jkt: await thumbprint(publicJwk), sign: (data) => sign(page, data) },
      place: 'in the IndexedDB of a headless Chromium, as a WebCrypto key that cannot be exported',
      staysThere: await page.evaluate(() => keyInThePage.tryToExport()),
      close: () => browser.close(),
    }
  } catch (error) {
    await browser.close()
    throw error
  }
}

async function sign(page: Page, data: Uint8Array): Promise<Uint8Array> {
  return Uint8Array.from(await page.evaluate((octets) => keyInThePage.sign(octets), [...data]))
}
