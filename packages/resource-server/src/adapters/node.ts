import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Access } from '../access.ts'
import type { AnswerWithAccess } from '../answer-with-access.ts'
import { exposedHeaders } from '../exposed-headers.ts'
import type { Requirement } from '../protect-resource.ts'
import { receivedRequest } from './received-request.ts'

/** Writes its answer to `res`, as any listener does. */
export type ListenerWithAccess<Req, Res> = (req: Req, res: Res, access: Access) => void | Promise<void>

/**
 * A listener for plain node:http that runs `handler` only for a request with access. What every answer under a token carries (no-store, a newer nonce)
 * is set on `res` before; a handler that sets another Cache-Control takes care that no answer with a nonce is kept. An OAuthError that it throws
 * before it wrote anything becomes the answer; any other fault rejects.
 *
 * Every header line is seen, so that a second Authorization or DPoP line is refused here too.
 */
export function withAccess<Req extends IncomingMessage, Res extends ServerResponse>(
  answer: AnswerWithAccess,
  requirement: string | Requirement,
  handler: ListenerWithAccess<Req, Res>,
): (req: Req, res: Res) => Promise<void> {
  const required = typeof requirement === 'string' ? { scope: requirement } : requirement
  return async function listenerWithAccess(req, res) {
    const refusal = await answer.refusal(receivedRequest(req), required, (access, headers) => {
      for (const [name, value] of Object.entries(headers)) addHeader(res, name, value)
      return handler(req, res, access)
    })
    if (refusal !== undefined) await send(refusal, res)
  }
}

/** Throws where something was written already: what was begun as another answer cannot become this one. */
async function send(response: Response, res: ServerResponse): Promise<void> {
  res.statusCode = response.status
  response.headers.forEach((value, name) => {
    addHeader(res, name, value)
  })
  res.end(await response.text())
}

/** What others let pages of other origins read stays. */
function addHeader(res: ServerResponse, name: string, value: string): void {
  const exposes = name === 'access-control-expose-headers'
  res.setHeader(name, exposes ? exposedHeaders(String(res.getHeader(name) ?? ''), value) : value)
}
