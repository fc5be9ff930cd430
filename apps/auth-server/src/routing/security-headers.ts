import type { Site } from '../site.ts'
import type { Route } from './route.ts'

/** Every answer has these. */
const always = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Permissions-Policy':
    'accelerometer=(), browsing-topics=(), camera=(), clipboard-read=(), display-capture=(), geolocation=(), gyroscope=(), hid=(), microphone=(), midi=(), payment=(), publickey-credentials-create=(), publickey-credentials-get=(), serial=(), usb=()',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
}

/** What an answer has where its endpoint did not say otherwise. A refusal on a route that may be cached must not be. */
const defaults: Record<Route['kind'], Readonly<Record<string, string>>> = {
  page: { 'Cache-Control': 'no-store', 'Referrer-Policy': 'same-origin' },
  api: { 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' },
  public: { 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' },
  asset: { 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' },
}

const noContent = "default-src 'none'; frame-ancestors 'none'"

/** Sets the headers of security.md on an answer, whoever made it. HSTS only where the public URL is https. */
export function setSecurityHeaders(headers: Headers, kind: Route['kind'], site: Site): void {
  for (const [name, value] of Object.entries(always)) headers.set(name, value)
  const absent = { 'Content-Security-Policy': noContent, ...defaults[kind] }
  for (const [name, value] of Object.entries(absent)) if (!headers.has(name)) headers.set(name, value)
  if (site.https) headers.set('Strict-Transport-Security', 'max-age=63072000; includeSubDomains')
}
