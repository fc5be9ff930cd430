import { type Form, parseAuthorization } from '@keybound/oauth'
import { refused } from '../refused.ts'
import { readClientSecretBasic } from './client-secret-basic.ts'
import { readClientSecretPost } from './client-secret-post.ts'
import { readNone } from './none.ts'
import { readPrivateKeyJwt } from './private-key-jwt.ts'

/** What a request presents to authenticate its client, not yet checked. `method` is the one it used. */
export type Credentials = SecretCredentials | AssertionCredentials | NoCredentials

export interface NoCredentials {
  readonly method: 'none'
  readonly clientId: string
}

export interface SecretCredentials {
  readonly method: 'client_secret_basic' | 'client_secret_post'
  readonly clientId: string
  readonly secret: string
}

export interface AssertionCredentials {
  readonly method: 'private_key_jwt'
  readonly clientId?: string
  readonly assertion: string
}

/**
 * Reads the one authentication method that the request uses.
 * @throws OAuthError invalid_request `client.single`, invalid_client `client.auth` or `assertion.type`
 */
export function readCredentials(headers: Headers, form: Form): Credentials {
  const authorization = parseAuthorization(headers)
  const byHeader = authorization !== undefined
  const bySecret = form.has('client_secret')
  const byAssertion = form.has('client_assertion') || form.has('client_assertion_type')
  if ([byHeader, bySecret, byAssertion].filter(Boolean).length > 1) throw refused('client.single')

  if (authorization) return readClientSecretBasic(authorization, form)
  if (bySecret) return readClientSecretPost(form)
  if (byAssertion) return readPrivateKeyJwt(form)
  return readNone(form)
}
