import {
  type AuthorizationServer,
  endReplayedToken,
  introspectOwnToken,
  jwks,
  secretHash,
} from '@keybound/authorization-server'
import type { Ledger } from '@keybound/dpop'
import {
  type AnswerWithAccess,
  answerWithAccess,
  type Introspector,
  localKeys,
} from '@keybound/resource-server'

/** Never a name that the token endpoint uses: one proof may not be spent at two places. */
const ledgerName = 'userinfo'

/**
 * The resource server inside this process: audience the issuer, keys from memory, revocation asked of the database each time. A client whose
 * tokens are not bound sends them as Bearer, where there may be such clients.
 * @see OpenID Connect Core §5.3 · RFC 9449 §7.2
 */
export function protectUserinfo(server: AuthorizationServer, ledger: Ledger): AnswerWithAccess {
  return answerWithAccess({
    resource: server.issuer,
    issuer: server.issuer,
    keys: localKeys(unchanged(() => jwks(server))),
    ledger,
    ledgerName,
    ...(server.nonces && { nonces: server.nonces }),
    policy: server.proofPolicy,
    schemes: server.securityProfile === 'fapi2' ? ['DPoP'] : ['DPoP', 'Bearer'],
    ...(server.errorPages && { errorPages: server.errorPages }),
    opaqueTokens: asking(server),
    clock: server.clock,
    onReplay: (token) => endReplayedToken(server, token, isForUserinfo(server)),
    isRevoked(_, { claims }) {
      const { jti, grant_id } = claims
      return server.revocations.isRevoked({
        jtiHash: secretHash(String(jti)),
        ...(typeof grant_id === 'string' && { grantId: grant_id }),
      })
    },
  })
}

/** Opaque tokens, asked of the database each time. */
function asking(server: AuthorizationServer): Introspector {
  const ask = (token: string) => introspectOwnToken(server, token, isForUserinfo(server))
  return { ask, isRevoked: async (token) => !(await ask(token)).active }
}

function isForUserinfo({ issuer }: AuthorizationServer) {
  return (audience: readonly string[]) => audience.includes(issuer)
}

/** The same object for the same content: what stands behind it parses keys only when they change. */
function unchanged(read: () => Promise<object>): () => Promise<object> {
  let known: { readonly text: string; readonly content: object } | undefined
  return async () => {
    const content = await read()
    const text = JSON.stringify(content)
    if (known?.text !== text) known = { text, content }
    return known.content
  }
}
