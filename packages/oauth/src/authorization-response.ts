import { formActionSource } from './form-action-source.ts'

/** Where an answer of the authorization endpoint goes, and how. */
export interface AuthorizationResponseTarget {
  /** Already matched against the client's registered ones; it may have a query and has no fragment. */
  readonly redirectUri: string
  readonly responseMode: 'query' | 'form_post'
  readonly state?: string | undefined
  /** Goes out as `iss`, in every answer (RFC 9207). */
  readonly issuer: string
}

/** What the page runs. */
export const SUBMIT = 'document.forms[0].submit()'

/** base64 SHA-256 of SUBMIT, for the policy of the page that posts the answer; a test keeps it true. */
export const SUBMIT_HASH = 'sha256-ePniVEkSivX/c7XWBGafqh8tSpiRrKiqYeqbG7N1TOE='

/**
 * The answer of the authorization endpoint, success or error: 303 to the client, or a form that posts itself there and has a button for those without script.
 * @see RFC 6749 §4.1.2 · RFC 9207 §2 · RFC 9700 §4.12 · OAuth 2.0 Form Post Response Mode
 */
export function authorizationResponse(
  to: AuthorizationResponseTarget,
  parameters: Readonly<Record<string, string>>,
): Response {
  const all = { ...parameters, ...(to.state === undefined ? {} : { state: to.state }), iss: to.issuer }
  const headers = new Headers({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
  if (to.responseMode === 'query') {
    const separator = to.redirectUri.includes('?') ? '&' : '?'
    headers.set('location', `${to.redirectUri}${separator}${new URLSearchParams(all)}`)
    return new Response(null, { status: 303, headers })
  }
  headers.set('content-type', 'text/html; charset=utf-8')
  headers.set(
    'content-security-policy',
    `default-src 'none'; script-src '${SUBMIT_HASH}'; form-action ${formActionSource(to.redirectUri)}; frame-ancestors 'none'; base-uri 'none'`,
  )
  return new Response(selfPostingForm(to.redirectUri, all), { headers })
}

function selfPostingForm(action: string, fields: Readonly<Record<string, string>>): string {
  const inputs = Object.entries(fields).map(
    ([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
  )
  return (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>Back to the application</title>' +
    `<form method="post" action="${escapeHtml(action)}">${inputs.join('')}<button>Continue</button></form>` +
    `<script>${SUBMIT}</script></html>`
  )
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
