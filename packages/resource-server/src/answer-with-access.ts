import type { Proof } from '@keybound/dpop/server'
import { EXPOSED_HEADERS, OAuthError, parseAuthorization, resourceErrorResponse } from '@keybound/oauth'
import type { Access } from './access.ts'
import { exposedHeaders } from './exposed-headers.ts'
import { type ProtectResourceOptions, withDefaults } from './options.ts'
import { protectResource, type ReceivedRequest, type Requirement } from './protect-resource.ts'
import { type Decision, reportDecisions } from './report-decisions.ts'

/** The options of protectResource, and who is told of its decisions. */
export interface AnswerOptions extends ProtectResourceOptions {
  /** Told once of every request, after the decision. */
  readonly onDecision?: (decision: Decision) => void
}

type Answer = (
  request: ReceivedRequest,
  requirement: Requirement,
  handler: (access: Access) => Response | Promise<Response>,
) => Promise<Response>

type Refusal = (
  request: ReceivedRequest,
  requirement: Requirement,
  serve: (access: Access, headers: Readonly<Record<string, string>>) => void | Promise<void>,
) => Promise<Response | undefined>

/** Protects one request and answers it; what the adapters share. The handler's Response must be its own: headers are added to it. */
export interface AnswerWithAccess extends Answer {
  /**
   * The same where handlers write their answers themselves: the answer that refuses, or undefined once `serve` has run. `headers` are those
   * its answer has to carry.
   */
  readonly refusal: Refusal
}

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

  async function refused(
    error: unknown,
    request: ReceivedRequest,
    { scope }: Requirement,
  ): Promise<Response> {
    return resourceErrorResponse(error, {
      schemes,
      tried: schemeTried(request),
      algs: policy.algs,
      nonce: asksForNonce(error) ? await nonces?.issue(clock()) : undefined,
      scope,
      realm,
      resourceMetadata,
      errorUri: error instanceof OAuthError ? errorPages?.(error.reason) : undefined,
    })
  }

  const answer: Answer = async (request, requirement, handler) => {
    try {
      const access = await protect(request, requirement)
      return present(await handler(access), answerHeaders(await newerNonce(access.proof)))
    } catch (error) {
      return refused(error, request, requirement)
    }
  }

  const refusal: Refusal = async (request, requirement, serve) => {
    try {
      const access = await protect(request, requirement)
      await serve(access, answerHeaders(await newerNonce(access.proof)))
      return undefined
    } catch (error) {
      return refused(error, request, requirement)
    }
  }

  return Object.assign(answer, { refusal })
}

/** What was answered under an access token is kept by no shared cache, and a page of another origin may read the nonce. */
function answerHeaders(nonce: string | undefined): Readonly<Record<string, string>> {
  const headers = {
    'access-control-expose-headers': EXPOSED_HEADERS,
    'cache-control': 'no-store',
  }
  return nonce === undefined ? headers : { ...headers, 'dpop-nonce': nonce }
}

/** A Response made by the handler takes its headers as it is; one of `fetch` or `Response.redirect` does not, and is copied. */
function present(response: Response, headers: Readonly<Record<string, string>>): Response {
  try {
    addHeaders(response.headers, headers)
    return response
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    const copy = new Response(response.body, response)
    addHeaders(copy.headers, headers)
    return copy
  }
}

/** A handler may allow its answer to be kept, as long as it carries no nonce (RFC 9449 §8.2). */
function addHeaders(headers: Headers, added: Readonly<Record<string, string>>): void {
  const mayBeKept = added['dpop-nonce'] === undefined && headers.has('cache-control')
  for (const [name, value] of Object.entries(added)) {
    if (name === 'access-control-expose-headers')
      headers.set(name, exposedHeaders(headers.get(name) ?? '', value))
    else if (name !== 'cache-control' || !mayBeKept) headers.set(name, value)
  }
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
