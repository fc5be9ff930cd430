import { dataPolicy } from './content-security-policy.ts'

/** Headers of every answer, static files and errors included. A page's own content security policy takes the place of this one: see proxy.ts. */
export function responseHeaders(webUrl: string): ReadonlyMap<string, string> {
  const headers = new Map([
    ['Content-Security-Policy', dataPolicy],
    ['X-Content-Type-Options', 'nosniff'],
    ['X-Frame-Options', 'DENY'],
    // Not no-referrer: with that, browsers send `Origin: null` on this app's own form posts.
    ['Referrer-Policy', 'same-origin'],
    ['Cross-Origin-Opener-Policy', 'same-origin'],
    ['Cross-Origin-Resource-Policy', 'same-origin'],
    [
      'Permissions-Policy',
      'accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()',
    ],
  ])
  if (webUrl.startsWith('https:'))
    headers.set('Strict-Transport-Security', 'max-age=63072000; includeSubDomains')
  return headers
}
