import { expect, type Page } from '@playwright/test'
import { platform } from './platform.ts'

/** What a page did that it should not have; see watchPage. */
export interface PageWatch {
  /** Every request so far, by URL. */
  readonly requests: readonly string[]
  /** Fails where the page broke its policy, threw, or asked any host that is not the platform's. */
  expectClean(): void
}

/** Watches a page from now on; call it before the page goes anywhere. */
export function watchPage(page: Page): PageWatch {
  const requests: string[] = []
  const faults: string[] = []
  const { web, issuer, api, lab } = platform()
  const ours = [web, issuer, api, lab].map((url) => new URL(url).origin)
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url())
    requests.push(request.url())
    if (protocol !== 'data:' && protocol !== 'blob:' && !ours.includes(origin)) faults.push(`asked ${origin}`)
  })
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) faults.push(message.text())
  })
  page.on('pageerror', (error) => faults.push(String(error)))
  return { requests, expectClean: () => expect(faults).toEqual([]) }
}
