import type { Form } from '@keybound/oauth'
import { refused } from '../../refused.ts'

/** Only `resource` may be repeated (RFC 8707 §2). @throws OAuthError invalid_request `parameter.single` */
export function checkSingleParameters(parameters: Form): void {
  for (const [name] of parameters.entries()) {
    if (name !== 'resource' && parameters.getAll(name).length > 1) throw refused('parameter.single')
  }
}
