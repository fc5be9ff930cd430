import { scopeIncludes } from '@keybound/oauth'
import type { AuthorizationServer } from '../authorization-server.ts'
import { type Client, isPublicClient } from '../client/client.ts'
import type { AuthorizationRequest } from './authorization-request.ts'

/**
 * Whether the user has to be asked. A public client is asked about every time: anyone can claim its name, so a silent answer
 * could go to an impostor.
 * @see RFC 6749 §10.2 · RFC 9449 §11.4
 */
export async function consentDue(
  server: AuthorizationServer,
  client: Client,
  request: AuthorizationRequest,
  subject: string,
): Promise<boolean> {
  if (request.prompt.includes('consent') || isPublicClient(client)) return true
  const remembered = await server.consents.find(subject, client.client_id)
  return remembered === undefined || !scopeIncludes(remembered.scope, request.scope)
}

/** Keeps what was allowed, for confidential clients only; what was allowed earlier stays allowed. */
export async function rememberConsent(
  server: AuthorizationServer,
  client: Client,
  request: AuthorizationRequest,
  subject: string,
  now: number,
): Promise<void> {
  if (isPublicClient(client)) return
  const earlier = await server.consents.find(subject, client.client_id)
  const scope = [...new Set([...(earlier?.scope ?? []), ...request.scope])]
  await server.consents.save({ subject, clientId: client.client_id, scope, grantedAt: now })
}
