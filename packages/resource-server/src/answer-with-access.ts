import type { Proof } from '@keybound/dpop/server'
import { OAuthError, parseAuthorization, resourceErrorResponse } from '@keybound/oauth'
import type { Access } from './access.ts'
import { type ProtectResourceOptions, withDefaults } from './options.ts'
import { protectResource, type ReceivedRequest, type Requirement } from './protect-resource.ts'
import { type Decision, reportDecisions } from './report-decisions.ts'

/** The options of protectResource, and who is told of its decisions. */
export interface AnswerOptions extends ProtectResourceOptions {
  /** Told once of every request, after the decision. */
  readonly onDecision?: (decision: Decision) => void
}

/** Protects one request and answers it; what the adapters share. The handler's Response must be its own: headers are added to it. */
export type AnswerWithAccess = (
  request: ReceivedRequest,
  requirement: Requirement,
  handler: (access: Access) => Response | Promise<Response>,
) => Promise<Response>

/**
 * protectResource with its one catch: every OAuthError, the handler's too, becomes the answer of a protected resource. Anything else
 * is thrown on. Answers after access carry the next nonce when the proof used an older one.
 * @see RFC 9449 §7.1, §8.2, §9
 */
export function answerWithAccess(options: AnswerOptions): AnswerWithAccess {
  const { schemes, policy, nonces, clock, realm, resourceMetadata, errorPages } = withDefaults(options)
  const protect = options.onDecision
    ? reportDecisions(protectResource(options), options.onDecision)
    : protectResource(options)

  async function newerNonce(proof: Proof | undefined): Promise<string | undefined> {
    const nonce = proof && (await nonces?.issue(clock()))
    return nonce === proof?.nonce ? undefined : nonce
  }

  return async function answer(request, requirement, handler) {
    try {
      const access = await protect(request, requirement)
      return present(await handler(access), await newerNonce(access.proof))
    } catch (error) {
      return resourceErrorResponse(error, {
        schemes,
        tried: schemeTried(request),
        algs: policy.algs,
        nonce: asksForNonce(error) ? await nonces?.issue(clock()) : undefined,
        scope: requirement.scope,
        realm,
        resourceMetadata,
        errorUri: error instanceof OAuthError ? errorPages?.(error.reason) : undefined,
      })
    }
  }
}

/** A Response made by the handler takes its headers as it is; one of `fetch` or `Response.redirect` does not, and is copied. */
function present(response: Response, nonce: string | undefined): Response {
  try {
    addHeaders(response.headers, nonce)
    return response
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    const copy = new Response(response.body, response)
    addHeaders(copy.headers, nonce)
    return copy
  }
}

/** What was answered under an access token is kept by no shared cache, and a page of another origin may read the nonce. */
function addHeaders(headers: Headers, nonce: string | undefined): void {
  headers.set('access-control-expose-headers', 'DPoP-Nonce, WWW-Authenticate')
  if (nonce !== undefined || !headers.has('cache-control')) headers.set('cache-control', 'no-store')
  if (nonce !== undefined) headers.set('dpop-nonce', nonce)
}

function asksForNonce(error: unknown): boolean {
  return error instanceof OAuthError && error.code === 'use_dpop_nonce'
}

/** The scheme of the request where that is clear, so that the error stands in its challenge alone. @see RFC 9449 §7.2 */
function schemeTried(request: ReceivedRequest): 'DPoP' | 'Bearer' | undefined {
  try {
    const scheme = parseAuthorization(request.headers)?.scheme
    return scheme === 'dpop' ? 'DPoP' : scheme === 'bearer' ? 'Bearer' : undefined
  } catch {
    return undefined
  }
}
