import type { AuthorizationServer } from '@keybound/authorization-server'
import { redact, systemCodeIn } from '@keybound/monitoring'
import type { RequestContext } from '../routing/route.ts'

/**
 * The same server for one request, whose log line then says which client it looked up, and why something could not be reached. Whether that
 * client was authenticated, the outcome says.
 */
export function observed(server: AuthorizationServer, context: RequestContext): AuthorizationServer {
  return {
    ...server,
    onUnavailable({ cause }) {
      const hint = systemCodeIn(cause)
      if (hint) context.note({ hint })
    },
    clients: {
      find(clientId) {
        context.note({ client_id: redact(clientId.slice(0, 100)) })
        return server.clients.find(clientId)
      },
    },
  }
}
