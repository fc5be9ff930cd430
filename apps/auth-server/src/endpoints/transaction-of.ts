import {
  type AuthorizationTransaction,
  resumeAuthorization,
  secretHash,
} from '@keybound/authorization-server'
import type { Dependencies } from '../dependencies.ts'
import { PageRefusal } from '../pages/page-refusal.ts'

/**
 * The authorization that a page or form of ours belongs to; only the browser that began it gets it (U-018).
 * Throws PageRefusal 400 `transaction.browser` without the cookie; otherwise as resumeAuthorization.
 */
export async function transactionOf(
  d: Pick<Dependencies, 'server' | 'cookies'>,
  request: Request,
  id: string,
): Promise<AuthorizationTransaction> {
  const browser = d.cookies.read(request.headers, 'browser')
  if (!browser) {
    throw new PageRefusal(
      400,
      'transaction.browser',
      'This sign-in was begun in another browser, or the cookies of this one were removed meanwhile.',
    )
  }
  return resumeAuthorization(d.server, id, secretHash(browser))
}
