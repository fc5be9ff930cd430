import { approve, deny } from '@keybound/authorization-server'
import { readPageForm } from '../browser/read-page-form.ts'
import type { Dependencies } from '../dependencies.ts'
import { PageRefusal } from '../pages/page-refusal.ts'
import type { Endpoint } from '../routing/route.ts'
import { answered, stepResponse } from './step-response.ts'
import { transactionOf } from './transaction-of.ts'

/** POST /consent: Allow or Cancel. A second post finds the transaction finished, 400 (U-006, U-015). */
export function consent(d: Dependencies): Endpoint {
  return async (request, context) => {
    context.note({ event: 'consent' })
    const cookie = d.cookies.read(request.headers, 'session')
    const form = await readPageForm(request, d.site, cookie)
    const transaction = await transactionOf(d, request, form.get('transaction') ?? '')
    const decision = form.get('decision')
    context.note({ client_id: transaction.request.clientId })
    if (decision === 'cancel') return answered(await deny(d.server, transaction), context)
    if (decision !== 'allow')
      throw new PageRefusal(400, 'request.form', 'The form says neither Allow nor Cancel.')
    const session = await d.sessions.find(cookie)
    // It ended while the page was open: sign in again, then consent is asked again.
    if (!session) return stepResponse(d, transaction, undefined, context)
    context.note({ sub: session.subject })
    return answered(await approve(d.server, transaction, session), context)
  }
}
