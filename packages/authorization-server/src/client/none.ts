import type { Form } from '@keybound/oauth'
import { refused } from '../refused.ts'
import type { NoCredentials } from './credentials.ts'

/** A public client only says who it is. @throws OAuthError invalid_client `client.auth` where it does not even do that */
export function readNone(form: Form): NoCredentials {
  const clientId = form.get('client_id')
  if (clientId === undefined) throw refused('client.auth')
  return { method: 'none', clientId }
}
