import { PageRefusal } from '../pages/page-refusal.ts'

/**
 * Refuses a form post that a browser says comes from elsewhere. The CSRF token decides; this catches what would be left if a token ever leaked.
 * Programs that are no browser send neither header and pass. `null`, the origin of sandboxed frames and of redirected posts, is never trusted.
 *
 * Throws PageRefusal 403 `origin.same`.
 */
export function checkSameOrigin(headers: Headers, issuer: string): void {
  const origin = headers.get('origin')
  const site = headers.get('sec-fetch-site')
  const foreign =
    (origin !== null && origin !== new URL(issuer).origin) || (site !== null && site !== 'same-origin')
  if (!foreign) return
  throw new PageRefusal(403, 'origin.same', 'This form was sent from another site.')
}
