import { OAuthError } from '@keybound/oauth'

export function invalidToken(sentence: string, options?: ErrorOptions): OAuthError {
  return new OAuthError('invalid_token', 'token.valid', sentence, options)
}
