import type { Form } from '@keybound/oauth'
import { refused } from '../refused.ts'
import type { SecretCredentials } from './credentials.ts'

/** @see RFC 6749 §2.3.1 */
export function readClientSecretPost(form: Form): SecretCredentials {
  const clientId = form.get('client_id')
  const secret = form.get('client_secret')
  if (clientId === undefined || secret === undefined) throw refused('client.auth')
  return { method: 'client_secret_post', clientId, secret }
}
