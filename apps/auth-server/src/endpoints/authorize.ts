import { beginAuthorization, secretHash } from '@keybound/authorization-server'
import { newSecretValue } from '../browser/secret-value.ts'
import type { Dependencies } from '../dependencies.ts'
import type { Endpoint } from '../routing/route.ts'
import { seeOther } from '../routing/see-other.ts'
import { answered, stepResponse } from './step-response.ts'

/**
 * GET and POST /authorize. A POST may come from another site, without our cookies: it is stored, and the browser sent on by GET.
 * What cannot be answered to the client is thrown, and becomes a page.
 * @see RFC 6749 §4.1.1 · OpenID Connect Core §3.1.2.1
 */
export function authorize(d: Dependencies): Endpoint {
  return async (request, context) => {
    const known = d.cookies.read(request.headers, 'browser')
    const browser = known ?? newSecretValue('br')
    const beginning = await beginAuthorization(d.server, request, secretHash(browser))
    switch (beginning.next) {
      case 'error page':
        throw beginning.error
      case 'redirect':
        return seeOther(beginning.location)
      case 'answer':
        return answered(beginning.response, context)
      case 'step': {
        context.note({ event: 'authorize', client_id: beginning.transaction.request.clientId })
        const session = await d.sessions.find(d.cookies.read(request.headers, 'session'))
        const response = await stepResponse(d, beginning.transaction, session, context)
        if (!known) response.headers.append('Set-Cookie', d.cookies.set('browser', browser))
        return response
      }
    }
  }
}
