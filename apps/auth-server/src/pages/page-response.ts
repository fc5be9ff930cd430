export interface PageOptions {
  readonly status?: number
  /** Origins, beside our own, that a form of this page may lead to: Chromium follows the whole chain of redirects after a post. */
  readonly formAction?: readonly string[]
  readonly headers?: Readonly<Record<string, string>>
}

/** An HTML answer without any script. `page` is what a component of this folder returns. The other headers of a page are security-headers.ts'. */
export async function pageResponse(
  page: { toString(): string } | Promise<{ toString(): string }>,
  { status = 200, formAction = [], headers = {} }: PageOptions = {},
): Promise<Response> {
  const html = `<!doctype html>${await page}`
  return new Response(html, {
    status,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': contentSecurityPolicy(formAction),
      ...headers,
    },
  })
}

function contentSecurityPolicy(formAction: readonly string[]): string {
  return [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'none'",
    "img-src 'self'",
    `form-action ${["'self'", ...formAction].join(' ')}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ')
}
