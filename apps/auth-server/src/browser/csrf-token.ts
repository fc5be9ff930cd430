import { createHmac } from 'node:crypto'
import { PageRefusal } from '../pages/page-refusal.ts'
import { sameText } from './secret-value.ts'

/** The field of every form that holds it. */
export const csrfField = 'csrf'

/**
 * The token that a page's form carries. It is bound to the cookie that must come back with it: another site can make the browser
 * send the cookie but cannot know the token, and a token from another browser does not fit this cookie.
 */
export function csrfToken(cookie: string): string {
  return createHmac('sha256', cookie).update('keybound auth-server form').digest('base64url')
}

/** Throws PageRefusal 403 `csrf.match` where the cookie or the token is missing, or they do not belong together. */
export function checkCsrfToken(sent: string | undefined, cookie: string | undefined): void {
  if (sent && cookie && sameText(sent, csrfToken(cookie))) return
  throw new PageRefusal(
    403,
    'csrf.match',
    'This form does not come from a page that we showed to this browser, or its cookies were removed meanwhile.',
  )
}
