import { expect } from '@playwright/test'

/** A page as it came, after all redirects. `url` may be a redirect URI where nobody listens: then `html` is empty. */
export interface Page {
  readonly url: URL
  readonly status: number
  readonly html: string
}

/**
 * A person with a very plain browser: cookies per origin, redirects, forms without script. Stops in front of a redirect that leaves the
 * origin it was opened at, because that is the answer for the client.
 */
export class FormSession {
  readonly #cookies = new Map<string, string>()
  readonly #origin: string
  readonly #send: typeof fetch

  constructor(origin: string, send: typeof fetch = fetch) {
    this.#origin = new URL(origin).origin
    this.#send = send
  }

  open(url: string | URL): Promise<Page> {
    return this.#go(new URL(url), {})
  }

  /** Presses the button whose value is `decision`; `typed` fills the visible fields, hidden ones go as they are. */
  submit(page: Page, typed: Record<string, string>, decision?: string): Promise<Page> {
    const form = /<form\b([^>]*)>([\s\S]*?)<\/form>/i.exec(page.html)
    expect(form, `a form at ${page.url.pathname} (${page.status}): ${page.html.slice(0, 300)}`).not.toBeNull()
    const body = new URLSearchParams()
    for (const [, input = ''] of (form?.[2] ?? '').matchAll(/<input\b([^>]*)>/gi)) {
      if (read(input, 'type') === 'hidden') body.set(read(input, 'name') ?? '', read(input, 'value') ?? '')
    }
    for (const [name, value] of Object.entries(typed)) body.set(name, value)
    if (decision !== undefined) body.set('decision', decision)
    return this.#go(new URL(read(form?.[1] ?? '', 'action') ?? '', page.url), { method: 'POST', body })
  }

  async #go(first: URL, init: RequestInit): Promise<Page> {
    let url = first
    let request = init
    for (let hop = 0; hop < 12; hop += 1) {
      if (url.origin !== this.#origin) return { url, status: 0, html: '' }
      const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      const headers = { accept: 'text/html', ...(cookie && { cookie }) }
      const response = await this.#send(url, { ...request, redirect: 'manual', headers })
      this.#keep(response.headers.getSetCookie())
      const location = response.headers.get('location')
      if (location === null) return { url, status: response.status, html: await response.text() }
      url = new URL(location, url)
      request = {}
    }
    throw new Error(`Redirects without end at ${url}`)
  }

  #keep(lines: readonly string[]): void {
    for (const line of lines) {
      const [, name = '', value = ''] = /^([^=;]+)=([^;]*)/.exec(line) ?? []
      if (/;\s*max-age=0/i.test(line) || /;\s*expires=Thu, 01 Jan 1970/i.test(line))
        this.#cookies.delete(name)
      else this.#cookies.set(name, value)
    }
  }
}

function read(attributes: string, name: string): string | undefined {
  const value = new RegExp(`(?:^|\\s)${name}="([^"]*)"`, 'i').exec(attributes)?.[1]
  return value
    ?.replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}

/** Signs in and agrees at our auth-server, and gives the address of the client that the answer was meant for. */
export async function signInAndAllow(
  authorizationUrl: string | URL,
  password: string,
  { username = 'alice', send = fetch }: { username?: string; send?: typeof fetch } = {},
): Promise<URL> {
  const person = new FormSession(new URL(authorizationUrl).origin, send)
  const login = await person.open(authorizationUrl)
  const consent = await person.submit(login, { username, password }, 'login')
  expect(consent.html, 'the consent page').toContain('Allow access?')
  const { url } = await person.submit(consent, {}, 'allow')
  return url
}
