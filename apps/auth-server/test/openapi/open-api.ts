import { openApiDocument } from '@keybound/testkit/openapi'
import { operations } from './operations.ts'

/** docs/openapi/auth-server.json. */
export function authServerOpenApi(): object {
  return openApiDocument(
    {
      title: 'Keybound authorization server',
      description:
        'OAuth 2.0 and OpenID Connect with DPoP. Paths are relative to the issuer; with a path in the issuer the RFC 8414 document is at /.well-known/oauth-authorization-server<path>.',
    },
    operations,
  )
}
