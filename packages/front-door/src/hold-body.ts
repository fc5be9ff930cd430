import type { IncomingMessage } from 'node:http'

/**
 * Keeps the handler waiting until the whole body is here, so that it never sees half of one, one that is too large, or one
 * whose framing turns out to be broken. Node's parser feeds a request through `push`, which is where the body is held; bodies
 * are small here (`Limits.bodyBytes`).
 *
 * Calls exactly one of `arrived` (the request then reads as if nothing had happened) and `tooLarge` (what was held is gone,
 * the rest is left to read), or neither when the connection ends first.
 */
export function holdBody(
  req: IncomingMessage,
  limit: number,
  then: { arrived(): void; tooLarge(): void },
): void {
  const pass = req.push.bind(req)
  if (Number(req.headers['content-length'] ?? 0) > limit) {
    then.tooLarge()
    return
  }
  const held: Buffer[] = []
  let size = 0
  req.push = function hold(chunk: Buffer | null): boolean {
    if (chunk === null) {
      req.push = pass
      for (const part of held) pass(part)
      pass(null)
      then.arrived()
      return true
    }
    size += chunk.length
    held.push(chunk)
    if (size > limit) {
      req.push = pass
      held.length = 0
      then.tooLarge()
    }
    return true
  }
}

/** Whether a body follows. @see RFC 9112 §6.3 */
export function hasBody(req: IncomingMessage): boolean {
  return req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length'] ?? 0) > 0
}
