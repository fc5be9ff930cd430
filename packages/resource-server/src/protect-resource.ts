import {
  accessTokenHash,
  checkBinding,
  checkProof,
  createKeyCache,
  ledgerEntry,
  remember,
} from '@keybound/dpop/server'
import { OAuthError } from '@keybound/oauth'
import type { Access } from './access.ts'
import { accessTokens } from './access-token/access-tokens.ts'
import { checkScope } from './check-scope.ts'
import { expectedUrl } from './expected-url.ts'
import { type ProtectResourceOptions, withDefaults } from './options.ts'
import { readCredentials } from './read-credentials.ts'
import { requireProof } from './require-proof.ts'

/** What one endpoint of the resource asks of a request. */
export interface Requirement {
  /** One scope, or several separated by spaces; none where any token of this resource will do. */
  readonly scope?: string
  /** The public URL of the endpoint, which a proof has to name. The resource identifier itself by default. */
  readonly url?: string
  /**
   * In place of `url`, for routes with parameters: the public URL in front of the path that this process sees. A prefix that a gateway or a router strips
   * belongs to it.
   */
  readonly baseUrl?: string
  /** The method that a proof has to name. The request's own by default. */
  readonly method?: string
}

/** All that is read of a request: a `Request` will do. Lines of one name are joined by a comma, as `Headers` does. */
export type ReceivedRequest = Pick<Request, 'method' | 'url'> & { readonly headers: Pick<Headers, 'get'> }

/** Resolves with what the handler may know; throws the OAuthError that resourceErrorResponse presents. */
export type ProtectResource = (request: ReceivedRequest, requirement?: Requirement) => Promise<Access>

/**
 * The way of a protected request, top to bottom. Nothing is written before the last step, so a refused request changes nothing.
 *
 * Does not check: that the request came over TLS, its body, or anything the scope does not say.
 * @see RFC 9449 §7 · RFC 9068 §4
 */
export function protectResource(options: ProtectResourceOptions): ProtectResource {
  const { resource, schemes, nonces, policy, checks, ledger, ledgerName, clock, onReplay } =
    withDefaults(options)
  const tokens = accessTokens(options)
  const keys = createKeyCache(options.kept === undefined ? {} : { max: options.kept })

  return async function protect(request, requirement = {}) {
    const now = clock()

    // 1. One credential, in the Authorization header.
    const { scheme, token } = readCredentials(request, schemes)

    // 2. The proof, by the table of RFC 9449 §4.3. Under Bearer none is read.
    const proof =
      scheme === 'dpop'
        ? await checkProof(requireProof(request.headers), {
            method: requirement.method ?? request.method,
            url: expectedUrl(request, requirement, resource),
            accessToken: token,
            nonces,
            policy,
            now,
            keys,
            checks,
          })
        : undefined

    // 3. The access token: signed by the issuer, for this resource, not expired, not revoked.
    const named = checks?.has('ath.match') === false ? undefined : proof?.ath
    const hash = named ?? (await accessTokenHash(token))
    const accessToken = await tokens.verify(token, hash, now)

    // 4. The binding, decided by the cnf of the token and not by the scheme.
    const jkt = checkBinding(scheme, accessToken.confirmation, proof, checks)
    tokens.keep(hash, accessToken)
    if (proof) keys.keep(proof)

    // 5. The scope.
    checkScope(accessToken.scope, requirement.scope)

    // 6. The ledger: the only write, and the last word.
    if (proof) {
      try {
        await remember(ledger, await ledgerEntry(ledgerName, proof, now))
      } catch (error) {
        if (onReplay && error instanceof OAuthError && error.reason === 'jti.unused') await onReplay(token)
        throw error
      }
    }

    const { subject, clientId, scope } = accessToken
    return { subject, clientId, scope, jkt, token: accessToken, proof }
  }
}
