import { systemCodeIn } from '@keybound/monitoring'
import { jsonResponse, OAuthError, tokenErrorResponse } from '@keybound/oauth'
import { ErrorPage } from '../pages/error-page.tsx'
import { PageRefusal } from '../pages/page-refusal.ts'
import { pageResponse } from '../pages/page-response.ts'
import type { Site } from '../site.ts'
import type { RequestContext, Route } from './route.ts'

/**
 * The answer to anything that an endpoint threw: a page where a person looks at it, JSON otherwise. What is no OAuthError and no
 * PageRefusal is a fault of ours: 500 with the correlation id and nothing else; logging it is the caller's.
 */
export function presentError(
  error: unknown,
  kind: Route['kind'],
  site: Site,
  context: RequestContext,
): Response | Promise<Response> {
  const refusal = refusalOf(error)
  const hint = refusal.status === 503 && error instanceof OAuthError ? systemCodeIn(error.cause) : undefined
  context.note({
    ...(hint && { hint }),
    outcome: refusal.status === 500 ? 'fault' : 'rejected',
    check: refusal.reason,
    error: refusal.code,
  })
  const headers = refusal.retryAfter === undefined ? {} : { 'Retry-After': String(refusal.retryAfter) }
  if (kind === 'page') {
    const { title, sentence, status } = refusal
    const code = refusal.code === refusal.reason ? refusal.code : `${refusal.code} · ${refusal.reason}`
    const passes = refusal.retryAfter !== undefined
    const page = ErrorPage({ site, title, sentence, code, correlationId: context.correlationId, passes })
    return pageResponse(page, { status, headers })
  }
  if (error instanceof OAuthError) return tokenErrorResponse(error)
  const body = {
    error: refusal.status === 500 ? 'server_error' : 'invalid_request',
    error_description: `${refusal.reason}: ${refusal.sentence}`,
    correlation_id: context.correlationId,
  }
  return jsonResponse(body, { status: refusal.status, headers })
}

/** Neither a refusal on a page nor a fault on the wire: something that we did wrong. */
export function isFault(error: unknown): boolean {
  return !(error instanceof PageRefusal || error instanceof OAuthError)
}

interface Refusal {
  readonly status: number
  readonly code: string
  readonly reason: string
  readonly title: string
  readonly sentence: string
  readonly retryAfter?: number | undefined
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof PageRefusal) {
    const { status, reason, retryAfter, message } = error
    return {
      status,
      code: reason,
      reason,
      title: titles[status] ?? usualTitle,
      sentence: message,
      retryAfter,
    }
  }
  if (error instanceof OAuthError) {
    const { status: answered } = tokenErrorResponse(error)
    // 401 would ask a browser for credentials that no header can bring.
    const status = answered === 401 ? 400 : answered
    return {
      status,
      code: error.code,
      reason: error.reason,
      title: titles[status] ?? usualTitle,
      sentence: `${error.description.slice(error.reason.length + 2)}.`.replace(/\.\.$/, '.'),
      retryAfter: status === 503 || status === 429 ? 1 : undefined,
    }
  }
  return {
    status: 500,
    code: 'server_error',
    reason: 'server.fault',
    title: 'Something broke on our side',
    sentence: 'It was not your fault, and we have written it down.',
  }
}

const usualTitle = 'This request cannot be served'

const titles: Readonly<Record<number, string>> = {
  403: 'This form was refused',
  429: 'Too many tries',
  503: 'Not available at the moment',
}
