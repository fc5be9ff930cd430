import { signOutEverywhereRequest } from '@keybound/authorization-server'
import type { Dependencies } from '../dependencies.ts'
import { observed } from '../log/observed.ts'
import type { Endpoint } from '../routing/route.ts'

/** POST /logout/everywhere: the user's sessions in every browser, and what this client was allowed, end together. */
export function signOutEverywhere(d: Dependencies): Endpoint {
  return (request, context) =>
    signOutEverywhereRequest(observed(d.server, context), request, async (subject, clientId, now) => {
      context.note({ event: 'sign-out-everywhere', sub: subject })
      await d.accountApps.end(subject, clientId, now)
      for (const { id } of await d.sessions.list(subject)) await d.sessions.end(id)
    })
}
