import { OAuthError } from './errors.ts'

/**
 * The text in the body of a request, read no further than `limit` octets.
 *
 * Throws OAuthError invalid_request: `body.size` above the limit (presented as 413), `reason` where it is not UTF-8.
 * Does not check: the content type.
 */
export async function readBody(request: Request, limit: number, reason = 'request.body'): Promise<string> {
  const announced = request.headers.get('content-length')
  if (Number(announced ?? 0) > limit) throw tooLarge()
  if (announced !== null) {
    // A server reads no more than was announced, so it can be taken in one piece, without a stream.
    const body = await request.arrayBuffer()
    if (body.byteLength > limit) throw tooLarge()
    return decodeUtf8(inOnePiece, reason, new Uint8Array(body), { stream: false })
  }
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
    text += decodeUtf8(decoder, reason, chunk.value, { stream: true })
  }
  return text + decodeUtf8(decoder, reason, new Uint8Array(), { stream: false })
}

const inOnePiece = new TextDecoder('utf-8', { fatal: true })

function decodeUtf8(
  decoder: TextDecoder,
  reason: string,
  chunk: Uint8Array,
  options: { readonly stream: boolean },
): string {
  try {
    return decoder.decode(chunk, options)
  } catch {
    throw new OAuthError('invalid_request', reason, 'The body is not UTF-8.')
  }
}

function tooLarge(): OAuthError {
  return new OAuthError('invalid_request', 'body.size', 'The body is too large.')
}
