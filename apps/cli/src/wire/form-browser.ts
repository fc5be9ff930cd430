import { NotAsExpected } from '../expectation.ts'

/**
 * The smallest browser that can sign in: it keeps cookies for one origin, follows redirects, and fills in forms as a person would.
 * It reads only the pages of the authorization server that the walk talks to: this is no HTML parser for the world.
 */
export interface FormBrowser {
  open(url: string): Promise<Page>
  /** Posts the page's form: its hidden inputs as they are, `typed` for the rest, `decision` for the button pressed. */
  submit(page: Page, typed: Record<string, string>, decision: string): Promise<Page>
}

export interface Page {
  readonly url: string
  readonly status: number
  readonly html: string
}

/** `send` carries every request, redirects not followed. */
export function openFormBrowser(send: typeof fetch): FormBrowser {
  const cookies = new Map<string, string>()
  let home = ''

  async function go(first: Request): Promise<Page> {
    let request = first
    for (let hops = 0; hops < 10; hops += 1) {
      const response = await send(request)
      const url = new URL(request.url)
      if (url.origin === home) keepCookies(response)
      const location = response.headers.get('location')
      if (location === null) return { url: url.href, status: response.status, html: await response.text() }
      request = get(new URL(location, url))
    }
    throw new NotAsExpected('The sign-in should end, but goes round in redirects')
  }

  function get(url: URL): Request {
    return new Request(url, { headers: cookieHeader(url) })
  }

  function cookieHeader(url: URL): Record<string, string> {
    const pairs = [...cookies].map(([name, value]) => `${name}=${value}`)
    return url.origin === home && pairs.length > 0 ? { cookie: pairs.join('; ') } : {}
  }

  function keepCookies(response: Response): void {
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';')
      const [name = '', ...value] = pair.split('=')
      const gone = attributes.some((attribute) => /^\s*max-age\s*=\s*0\s*$/i.test(attribute))
      if (gone) cookies.delete(name.trim())
      else cookies.set(name.trim(), value.join('='))
    }
  }

  return {
    open(url) {
      home = new URL(url).origin
      return go(get(new URL(url)))
    },
    submit(page, typed, decision) {
      const { action, hidden } = readForm(page)
      const body = new URLSearchParams({ ...hidden, ...typed, decision })
      const headers = { ...cookieHeader(action), origin: home }
      return go(new Request(action, { method: 'POST', headers, body }))
    },
  }
}

/** The form of a page: where it goes, and the values it carries unseen. Throws NotAsExpected where there is none. */
export function readForm(page: Page): { action: URL; hidden: Record<string, string> } {
  const form = /<form\b([^>]*)>(.*?)<\/form>/is.exec(page.html)
  if (form === null)
    throw new NotAsExpected(
      `The page at ${new URL(page.url).pathname} should have a form, but has none (${page.status})`,
    )
  const hidden: Record<string, string> = {}
  for (const [, attributes = ''] of (form[2] ?? '').matchAll(/<input\b([^>]*)>/gi)) {
    const name = attribute(attributes, 'name')
    if (name !== undefined && attribute(attributes, 'type') === 'hidden')
      hidden[name] = attribute(attributes, 'value') ?? ''
  }
  return { action: new URL(attribute(form[1] ?? '', 'action') ?? '', page.url), hidden }
}

function attribute(text: string, name: string): string | undefined {
  const value = new RegExp(`(?:^|\\s)${name}="([^"]*)"`, 'i').exec(text)?.[1]
  return value?.replace(/&(amp|lt|gt|quot|#39|#x27);/g, (entity) => entities[entity] ?? entity)
}

const entities: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&#x27;': "'",
}
