import { NotAsExpected } from '../expectation.ts'

/**
 * The smallest browser that can sign in: it keeps cookies for each origin, follows redirects, and fills in forms as a person would.
 * It reads only the pages of the servers that the walk talks to: this is no HTML parser for the world.
 */
export interface FormBrowser {
  open(url: string): Promise<Page>
  /** Posts the form that goes to `to`, or the page's first: its hidden inputs as they are, `typed` for the rest. */
  submit(page: Page, typed: Record<string, string>, to?: string): Promise<Page>
  /** What it keeps for the origin of that URL. */
  cookies(url: string): ReadonlyMap<string, string>
}

export interface Page {
  readonly url: string
  readonly status: number
  readonly html: string
}

/** `send` carries every request, redirects not followed. */
export function openFormBrowser(send: typeof fetch): FormBrowser {
  const jars = new Map<string, Map<string, string>>()

  async function go(first: Request): Promise<Page> {
    let request = first
    for (let hops = 0; hops < 10; hops += 1) {
      const response = await send(request)
      const url = new URL(request.url)
      keepCookies(jarOf(url), response)
      const location = response.headers.get('location')
      if (location === null) return { url: url.href, status: response.status, html: await response.text() }
      request = get(new URL(location, url))
    }
    throw new NotAsExpected('The sign-in should end, but goes round in redirects')
  }

  function get(url: URL): Request {
    return new Request(url, { headers: cookieHeader(url) })
  }

  function jarOf(url: URL): Map<string, string> {
    const jar = jars.get(url.origin) ?? new Map<string, string>()
    jars.set(url.origin, jar)
    return jar
  }

  function cookieHeader(url: URL): Record<string, string> {
    const pairs = [...jarOf(url)].map(([name, value]) => `${name}=${value}`)
    return pairs.length > 0 ? { cookie: pairs.join('; ') } : {}
  }

  function keepCookies(jar: Map<string, string>, response: Response): void {
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';')
      const [name = '', ...value] = pair.split('=')
      const gone = attributes.some((attribute) => /^\s*max-age\s*=\s*0\s*$/i.test(attribute))
      if (gone) jar.delete(name.trim())
      else jar.set(name.trim(), value.join('='))
    }
  }

  return {
    open: (url) => go(get(new URL(url))),
    submit(page, typed, to) {
      const { action, hidden } = readForm(page, to)
      const body = new URLSearchParams({ ...hidden, ...typed })
      const headers = { ...cookieHeader(action), origin: new URL(page.url).origin }
      return go(new Request(action, { method: 'POST', headers, body }))
    },
    cookies: (url) => jarOf(new URL(url)),
  }
}

/** The first form of a page, or the first that goes to `to`: where it goes, and the values it carries unseen. Throws NotAsExpected where there is none. */
export function readForm(page: Page, to?: string): { action: URL; hidden: Record<string, string> } {
  const forms = page.html.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gis)
  const form = [...forms].find(([, attributes = '']) => !to || attribute(attributes, 'action') === to)
  if (form === undefined)
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
