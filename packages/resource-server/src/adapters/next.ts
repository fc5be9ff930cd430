import type { Access } from '../access.ts'
import type { AnswerWithAccess } from '../answer-with-access.ts'
import type { Requirement } from '../protect-resource.ts'

/** A route handler that is given the access that was proved. `context` is Next's own: the parameters of the route. */
export type AccessHandler<Context> = (
  request: Request,
  access: Access,
  context: Context,
) => Response | Promise<Response>

/**
 * A Next.js route handler that runs only for a request with access.
 *
 *     export const GET = withAccess(answer, 'profile', readProfile)
 *
 * Next answers HEAD with the GET handler, and the request then says HEAD: a proof made for GET is refused.
 * Does not check: repeated header lines, of which Next shows the first; the front door refuses them.
 */
export function withAccess<Context = unknown>(
  answer: AnswerWithAccess,
  requirement: string | Requirement,
  handler: AccessHandler<Context>,
): (request: Request, context: Context) => Promise<Response> {
  const required = typeof requirement === 'string' ? { scope: requirement } : requirement
  return function routeWithAccess(request, context) {
    return answer(request, required, (access) => handler(request, access, context))
  }
}
