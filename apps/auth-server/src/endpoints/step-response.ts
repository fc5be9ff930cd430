import { type AuthorizationTransaction, nextStep } from '@keybound/authorization-server'
import type { Dependencies } from '../dependencies.ts'
import type { RequestContext } from '../routing/route.ts'
import { seeOther } from '../routing/see-other.ts'
import type { Session } from '../session/sessions.ts'

/** Sends the browser where the transaction goes on: to a page of ours, or with an answer to the client. */
export async function stepResponse(
  d: Pick<Dependencies, 'server' | 'site'>,
  transaction: AuthorizationTransaction,
  session: Session | undefined,
  context: RequestContext,
): Promise<Response> {
  const step = await nextStep(d.server, transaction, session)
  if (step.next === 'answer') return answered(step.response, context)
  const query = new URLSearchParams({ transaction: transaction.id })
  return seeOther(`${d.site.base}/${step.next}?${query}`)
}

/** Notes for the log whether the client gets a code or an error. */
export function answered(response: Response, context: RequestContext): Response {
  const location = response.headers.get('location')
  const error = location && new URL(location).searchParams.get('error')
  context.note(error ? { outcome: 'rejected', error } : { outcome: 'accepted' })
  return response
}
