/** A server to talk to: the app in this process, or one behind a socket. */
export interface Served {
  readonly issuer: string
  send(target: string, init?: RequestInit): Promise<Response>
}

/** A page as a plain browser shows it, after all redirects within this server. */
export interface Shown {
  readonly url: URL
  readonly status: number
  readonly headers: Headers
  readonly html: string
}

/** Where the browser was sent, away from this server: the answer for a client. */
export interface Left {
  readonly left: URL
  readonly headers: Headers
}

/** A browser without script: cookies, links, redirects and forms. It sends what Chromium sends with a form post. */
export class Browser {
  readonly cookies = new Map<string, string>()
  readonly #app: Served

  constructor(app: Served) {
    this.#app = app
  }

  open(url: string): Promise<Shown | Left> {
    return this.#go(new URL(url, this.#app.issuer), {})
  }

  async show(url: string): Promise<Shown> {
    return shown(await this.open(url))
  }

  /** Presses a button of the page's form; `change` overrides any field, hidden ones too; undefined leaves one out. */
  press(
    page: Shown,
    decision: string | undefined,
    change: Readonly<Record<string, string | undefined>> = {},
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Shown | Left> {
    const form = formOf(page.html)
    const fields = Object.entries({ ...form.fields, decision, ...change })
    const body = new URLSearchParams(fields.filter((pair): pair is [string, string] => pair[1] !== undefined))
    const url = new URL(form.action, page.url)
    const usual = { origin: url.origin, 'sec-fetch-site': 'same-origin' }
    return this.#go(url, { method: 'POST', body, headers: { ...usual, ...headers } })
  }

  async #go(first: URL, init: RequestInit): Promise<Shown | Left> {
    let url = first
    let next = init
    for (let hop = 0; hop < 10; hop++) {
      const cookie = Array.from(this.cookies, ([name, value]) => `${name}=${value}`).join('; ')
      const headers = { ...Object.fromEntries(new Headers(next.headers)), ...(cookie ? { cookie } : {}) }
      const response = await this.#app.send(url.href, { ...next, headers })
      this.#keep(response.headers.getSetCookie())
      const location = response.headers.get('location')
      if (location === null) {
        return { url, status: response.status, headers: response.headers, html: await response.text() }
      }
      const target = new URL(location, url)
      if (target.origin !== new URL(this.#app.issuer).origin)
        return { left: target, headers: response.headers }
      url = target
      next = {}
    }
    throw new Error('redirects without end')
  }

  #keep(lines: readonly string[]): void {
    for (const line of lines) {
      const [, name = '', value = ''] = /^([^=;]+)=([^;]*)/.exec(line) ?? []
      if (/Max-Age=0/.test(line)) this.cookies.delete(name)
      else this.cookies.set(name, value)
    }
  }
}

export function shown(end: Shown | Left): Shown {
  if ('left' in end) throw new Error(`the browser was sent to ${end.left}`)
  return end
}

export function left(end: Shown | Left): URLSearchParams {
  if ('left' in end) return end.left.searchParams
  throw new Error(`the browser stayed at ${end.url} (${end.status}): ${end.html}`)
}

/** The first form of a page. */
export function formOf(html: string): { readonly action: string; readonly fields: Record<string, string> } {
  const [, attributes = '', inside = ''] = /<form\b([^>]*)>([\s\S]*?)<\/form>/.exec(html) ?? []
  const inputs = Array.from(inside.matchAll(/<input\b([^>]*)>/g), ([, input = '']) => input)
  return {
    action: attribute(attributes, 'action'),
    fields: Object.fromEntries(inputs.map((input) => [attribute(input, 'name'), attribute(input, 'value')])),
  }
}

function attribute(attributes: string, name: string): string {
  const value = new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1] ?? ''
  return value.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&')
}
