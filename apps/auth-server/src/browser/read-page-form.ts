import { type Form, readForm } from '@keybound/oauth'
import type { Site } from '../site.ts'
import { checkCsrfToken, csrfField } from './csrf-token.ts'
import { checkSameOrigin } from './same-origin.ts'

/**
 * The form of a page of ours, posted from that page, in the browser that holds `cookie`.
 * Throws PageRefusal 403 `csrf.match` or `origin.same`; OAuthError invalid_request `request.form` or `body.size`.
 */
export async function readPageForm(request: Request, site: Site, cookie: string | undefined): Promise<Form> {
  const form = await readForm(request)
  checkPageForm(request, form, site, cookie)
  return form
}

/** The same for a form that was read already. */
export function checkPageForm(request: Request, form: Form, site: Site, cookie: string | undefined): void {
  checkSameOrigin(request.headers, site.issuer)
  checkCsrfToken(form.get(csrfField), cookie)
}
