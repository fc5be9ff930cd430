import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AnswerWithAccess } from '../answer-with-access.ts'
import type { Requirement } from '../protect-resource.ts'
import { type ListenerWithAccess, withAccess as listenerWithAccess } from './node.ts'

/**
 * An Express handler that runs only for a request with access; what is no OAuthError goes to `next`.
 *
 *     app.get('/api/profile', withAccess(answer, 'profile', (req, res, { subject }) => res.json({ subject })))
 */
export function withAccess<Req extends IncomingMessage, Res extends ServerResponse>(
  answer: AnswerWithAccess,
  requirement: string | Requirement,
  handler: ListenerWithAccess<Req, Res>,
): (req: Req, res: Res, next: (error: unknown) => void) => Promise<void> {
  const listener = listenerWithAccess(answer, requirement, handler)
  return async function routeWithAccess(req, res, next) {
    await listener(req, res).catch(next)
  }
}
