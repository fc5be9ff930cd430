import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { findBrowser } from '@keybound/testkit/find-browser'
import { chromium } from 'playwright-core'
import { expect, test } from 'vitest'
import { provesWith } from '../testing/proves-with.ts'
import { browserKey } from './browser-key.ts'

test('a key in IndexedDB survives a reload, makes proofs that a server accepts, and is not given out (BROWSER-09)', {
  timeout: 120_000,
}, async () => {
  const installer = createRequire(import.meta.url).resolve('@playwright/test/cli')
  const program = findBrowser({ own: chromium, installer, env: process.env })
  const page = createServer((_, response) =>
    response.setHeader('content-type', 'text/html').end('<title>origin</title>'),
  )
  await new Promise<void>((listening) => page.listen(0, '127.0.0.1', listening))
  const { port } = page.address() as AddressInfo
  const key = await browserKey({ url: `http://localhost:${port}/`, program })
  try {
    expect(await provesWith(key.signer)).toBe('accepted')
    expect(key.staysThere).toMatch(/InvalidAccessError/)
  } finally {
    await key.close()
    page.close()
  }
})
