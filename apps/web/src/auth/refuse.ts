import { randomUUID } from 'node:crypto'
import { jsonResponse, OAuthError } from '@keybound/oauth'
import type { Web } from '../dependencies.ts'
import { env } from '../env.ts'
import { createLog } from '../log.ts'
import { failureReason } from './sign-in-failure.ts'
import type { SignInFailureReason } from './sign-in-failures.ts'

/** 403 for a post that another site may have caused. */
export function forbidden(rule: 'request.origin' | 'csrf.token'): Response {
  const sentence =
    rule === 'csrf.token'
      ? 'This form is out of date: reload the page and try again.'
      : 'This post came from another site.'
  return jsonResponse(
    { error: 'invalid_request', error_description: `${rule}: ${sentence}` },
    { status: 403 },
  )
}

/** JSON 404 and 405 for what does not exist under /api. */
export function notFound(): Response {
  return jsonResponse(
    { error: 'not_found', error_description: 'request.path: There is nothing here.' },
    { status: 404 },
  )
}

export function methodNotAllowed(allow: string): Response {
  const body = {
    error: 'invalid_request',
    error_description: `request.method: Only ${allow} is answered here.`,
  }
  return jsonResponse(body, { status: 405, headers: { allow } })
}

/** 400 or 413 for a form that cannot be read; everything else is rethrown. */
export function badForm(fault: unknown): Response {
  if (!(fault instanceof OAuthError)) throw fault
  const status = fault.reason === 'body.size' ? 413 : 400
  return jsonResponse({ error: fault.code, error_description: fault.description }, { status })
}

/** 503 where sessions cannot be kept or read: nothing is accepted then. The cause is in the log alone, which needs no wiring. */
export function unavailable(fault: unknown): Response {
  createLog(env().logLevel).error({ err: fault }, 'a request could not be answered')
  const body = {
    error: 'temporarily_unavailable',
    error_description: 'store.available: Try again in a moment.',
  }
  return jsonResponse(body, { status: 503, headers: { 'retry-after': '1' } })
}

/** To the page that says what went wrong; with the number under which the log has the cause. As JSON where a script asked. */
export function signInFailed(web: Web, request: { headers: Headers }, fault: unknown): Response {
  const reason = failureReason(fault)
  const reference = randomUUID().slice(0, 8)
  web.log.warn({ reason, reference, err: fault }, 'sign-in failed')
  const url = failurePage(web, reason, reference)
  if (request.headers.has('x-auth-return-redirect')) return jsonResponse({ url })
  return new Response(null, { status: 303, headers: { location: url, 'cache-control': 'no-store' } })
}

export function failurePage(web: Web, reason: SignInFailureReason, reference: string): string {
  return `${web.env.webUrl}/sign-in/error?${new URLSearchParams({ reason, reference })}`
}
