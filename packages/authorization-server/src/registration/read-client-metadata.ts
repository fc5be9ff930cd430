import { parseJsonObject } from '@keybound/dpop'
import { readBody } from '@keybound/oauth'
import { refused } from '../refused.ts'
import { type ClientMetadata, clientMetadata } from './client-metadata.ts'

const limit = 64 * 1024

/**
 * The metadata in the body of a registration. `body` is the whole object: an update has to name its client there.
 * @throws OAuthError invalid_client_metadata `client_metadata.form`, `client_metadata.valid`; invalid_redirect_uri; invalid_request `body.size`
 * @see RFC 7591 §3.1
 */
export async function readClientMetadata(
  request: Request,
): Promise<{ readonly metadata: ClientMetadata; readonly body: Readonly<Record<string, unknown>> }> {
  const type = request.headers.get('content-type') ?? ''
  if (!/^application\/json[ \t]*(?:;|$)/i.test(type)) throw refused('client_metadata.form')
  const body = parseJsonObject(await readBody(request, limit))
  if (typeof body === 'string') throw refused('client_metadata.form')

  return { metadata: parseClientMetadata(body), body }
}

/** @throws OAuthError invalid_client_metadata `client_metadata.valid`, invalid_redirect_uri `redirect_uris.valid` */
export function parseClientMetadata(body: unknown): ClientMetadata {
  const parsed = clientMetadata.safeParse(body)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const member = issue?.path[0]
  if (member === 'redirect_uris') throw refused('redirect_uris.valid')
  throw refused('client_metadata.valid', { says: `${String(member)}: ${issue?.message}.` })
}
