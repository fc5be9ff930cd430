import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Access } from '../access.ts'
import type { AnswerWithAccess } from '../answer-with-access.ts'
import type { Requirement } from '../protect-resource.ts'
import { withAccess as listenerWithAccess } from './node.ts'

/**
 * An Express handler that runs only for a request with access; what is no OAuthError goes to `next`.
 *
 *     app.get('/api/profile', withAccess(answer, 'profile', readProfile))
 */
export function withAccess<Req extends IncomingMessage>(
  answer: AnswerWithAccess,
  requirement: string | Requirement,
  handler: (req: Req, access: Access) => Response | Promise<Response>,
): (req: Req, res: ServerResponse, next: (error: unknown) => void) => Promise<void> {
  return async function routeWithAccess(req, res, next) {
    const listener = listenerWithAccess(answer, requirement, (_, access) => handler(req, access))
    await listener(req, res).catch(next)
  }
}
