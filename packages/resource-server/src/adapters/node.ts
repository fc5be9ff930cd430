import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Access } from '../access.ts'
import type { AnswerWithAccess } from '../answer-with-access.ts'
import type { ReceivedRequest, Requirement } from '../protect-resource.ts'

/**
 * A listener for plain node:http that runs `handler` only for a request with access. The handler returns its answer as a web
 * Response and may read the body from `req`. A fault that is no OAuthError rejects.
 *
 * Every header line is seen, so that a second Authorization or DPoP line is refused here too.
 */
export function withAccess(
  answer: AnswerWithAccess,
  requirement: string | Requirement,
  handler: (req: IncomingMessage, access: Access) => Response | Promise<Response>,
): (req: IncomingMessage, res: ServerResponse) => Promise<void> {
  const required = typeof requirement === 'string' ? { scope: requirement } : requirement
  return async function listenerWithAccess(req, res) {
    const response = await answer(receivedRequest(req), required, (access) => handler(req, access))
    await sendResponse(response, res)
  }
}

/** Method, target and every header line; the body stays with `req`. The host is of no meaning: nothing reads it. */
function receivedRequest(req: IncomingMessage): ReceivedRequest {
  const headers = new Headers()
  for (let at = 0; at < req.rawHeaders.length; at += 2) {
    headers.append(req.rawHeaders[at] ?? '', req.rawHeaders[at + 1] ?? '')
  }
  return { method: req.method ?? 'GET', url: new URL(req.url ?? '/', 'http://localhost').href, headers }
}

/** Writes a web Response, its body read whole, and ends the answer. */
async function sendResponse(response: Response, res: ServerResponse): Promise<void> {
  res.statusCode = response.status
  response.headers.forEach((value, name) => {
    res.appendHeader(name, value)
  })
  res.end(Buffer.from(await response.arrayBuffer()))
}
