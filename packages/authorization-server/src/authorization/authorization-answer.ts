/**
 * An authorization response, success or error, on its way to the client: `iss` is always among the params, `state` where the
 * request had one. For `query` see authorizationResponse(); for `form_post` the shell renders a form with these params.
 * @see RFC 6749 §4.1.2 · RFC 9207 §2 · OAuth 2.0 Form Post Response Mode
 */
export interface AuthorizationAnswer {
  readonly redirectUri: string
  readonly responseMode: 'query' | 'form_post'
  readonly params: Readonly<Record<string, string>>
}

/** 303 to the client (never 307: it would carry the posted password along), with no-store and no referrer. @throws TypeError for form_post */
export function authorizationResponse(answer: AuthorizationAnswer): Response {
  if (answer.responseMode !== 'query') throw new TypeError('form_post is rendered by the shell')
  const headers = {
    Location: answerUrl(answer),
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
  }
  return new Response(null, { status: 303, headers })
}

/** The redirect URI as registered, its own query kept, the params appended. */
function answerUrl({ redirectUri, params }: AuthorizationAnswer): string {
  const separator = redirectUri.includes('?') ? '&' : '?'
  return `${redirectUri}${separator}${new URLSearchParams(params)}`
}
