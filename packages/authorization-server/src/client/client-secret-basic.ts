import type { Form } from '@keybound/oauth'
import { refused } from '../refused.ts'
import type { SecretCredentials } from './credentials.ts'

/**
 * Both halves are form-encoded before they are joined and base64-encoded, so a `:` or `%` in a secret is unambiguous.
 * @see RFC 6749 §2.3.1 · RFC 7617 §2
 */
export function readClientSecretBasic(
  authorization: { readonly scheme: string; readonly credentials: string },
  form: Form,
): SecretCredentials {
  if (authorization.scheme !== 'basic') throw refused('client.auth')
  const pair = decodeBase64(authorization.credentials)
  const colon = pair?.indexOf(':') ?? -1
  if (pair === undefined || colon < 1) throw refused('client.auth')
  const clientId = formDecode(pair.slice(0, colon))
  const secret = formDecode(pair.slice(colon + 1))
  if (clientId === undefined || secret === undefined) throw refused('client.auth')
  if (form.has('client_id') && form.get('client_id') !== clientId) throw refused('client.auth')
  return { method: 'client_secret_basic', clientId, secret }
}

function decodeBase64(text: string): string | undefined {
  try {
    return atob(text)
  } catch {
    return undefined
  }
}

function formDecode(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return undefined
  }
}
