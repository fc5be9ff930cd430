import { type Form, OAuthError, parseForm, readForm } from '@keybound/oauth'
import type { AuthorizationServer } from '../authorization-server.ts'
import type { Client } from '../client/client.ts'
import { readOwnIdToken } from '../token/read-own-token.ts'

/** A validated RP-initiated logout. Whether the user confirms it is the shell's: ask, unless `subject` is the one signed in. */
export interface EndSession {
  /** Whom id_token_hint names; absent without a hint of ours. */
  readonly subject?: string
  readonly client?: Client
  /** The registered post_logout_redirect_uri, state appended; absent where none may be followed. */
  readonly redirectTo?: string
}

/**
 * GET or POST /logout. What is wrong in it is left out, never an error: the user can always sign out here. An expired ID token
 * of ours is a good hint.
 * @throws OAuthError temporarily_unavailable where a store is down
 * @see OpenID Connect RP-Initiated Logout 1.0 §2, §3
 */
export async function endSession(server: AuthorizationServer, request: Request): Promise<EndSession> {
  const parameters = await readParameters(request)
  const hint = parameters?.get('id_token_hint')
  const idToken = hint === undefined ? undefined : await readOwnIdToken(server, hint)
  if (!parameters || (hint !== undefined && !idToken)) return {}

  const clientId = parameters.get('client_id') ?? idToken?.clientId
  if (clientId === undefined || (idToken && idToken.clientId !== clientId)) return {}
  const client = await server.clients.find(clientId)
  if (!client) return {}
  const redirectTo = logoutTarget(client, parameters)
  return {
    ...(idToken && { subject: idToken.subject }),
    client,
    ...(redirectTo !== undefined && { redirectTo }),
  }
}

async function readParameters(request: Request): Promise<Form | undefined> {
  try {
    if (request.method === 'POST') return await readForm(request)
    return parseForm(new URL(request.url).search.slice(1))
  } catch (error) {
    if (error instanceof OAuthError) return undefined
    throw error
  }
}

function logoutTarget(client: Client, parameters: Form): string | undefined {
  const uri = parameters.get('post_logout_redirect_uri')
  if (uri === undefined || !client.post_logout_redirect_uris.includes(uri)) return undefined
  const state = parameters.get('state')
  if (state === undefined) return uri
  return `${uri}${uri.includes('?') ? '&' : '?'}${new URLSearchParams({ state })}`
}
