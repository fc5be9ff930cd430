import { OAuthError } from './errors.ts'

/**
 * The text in the body of a request, read no further than `limit` octets.
 *
 * Throws OAuthError invalid_request: `body.size` above the limit (presented as 413), `reason` where it is not UTF-8.
 * Does not check: the content type.
 */
export async function readBody(request: Request, limit: number, reason = 'request.body'): Promise<string> {
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw tooLarge()
  if (request.body === null) return ''
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const reader = request.body.getReader()
  let text = ''
  let size = 0
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    size += chunk.value.byteLength
    if (size > limit) {
      void reader.cancel()
      throw tooLarge()
    }
    text += decodeUtf8(decoder, reason, chunk.value)
  }
  return text + decodeUtf8(decoder, reason)
}

function decodeUtf8(decoder: TextDecoder, reason: string, chunk?: Uint8Array): string {
  try {
    return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true })
  } catch {
    throw new OAuthError('invalid_request', reason, 'The body is not UTF-8.')
  }
}

function tooLarge(): OAuthError {
  return new OAuthError('invalid_request', 'body.size', 'The body is too large.')
}
