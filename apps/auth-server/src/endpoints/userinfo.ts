import { userinfoClaims } from '@keybound/authorization-server'
import { jsonResponse, OAuthError } from '@keybound/oauth'
import type { Dependencies } from '../dependencies.ts'
import type { Endpoint } from '../routing/route.ts'

/** GET and POST /userinfo: a protected resource like any other, whose audience is the issuer. @see OpenID Connect Core §5.3 */
export function userinfo(d: Dependencies): Endpoint {
  const requirement = { scope: 'openid', url: d.server.endpoints.userinfo }
  return (request, context) =>
    d.answerUserinfo(request, requirement, async (access) => {
      context.note({ client_id: access.clientId, sub: access.subject })
      const claims = await userinfoClaims(d.server, access)
      if (!claims) throw new OAuthError('invalid_token', 'token.valid', 'The user of this token is gone.')
      return jsonResponse(claims)
    })
}
