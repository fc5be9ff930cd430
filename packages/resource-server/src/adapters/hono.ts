import type { Context, Handler } from 'hono'
import type { Access } from '../access.ts'
import type { AnswerWithAccess } from '../answer-with-access.ts'
import type { Requirement } from '../protect-resource.ts'

/**
 * A Hono handler that runs only for a request with access.
 *
 *     app.get('/userinfo', withAccess(answer, { scope: 'openid', url: `${issuer}/userinfo` }, readClaims))
 *
 * Does not check: repeated header lines; the front door refuses them.
 */
export function withAccess(
  answer: AnswerWithAccess,
  requirement: string | Requirement,
  handler: (context: Context, access: Access) => Response | Promise<Response>,
): Handler {
  const required = typeof requirement === 'string' ? { scope: requirement } : requirement
  return function routeWithAccess(context) {
    return answer(context.req.raw, required, (access) => handler(context, access))
  }
}
