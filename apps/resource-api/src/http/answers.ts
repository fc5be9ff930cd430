import { jsonResponse } from '@keybound/oauth'

/** The JSON errors that are not OAuth's: the rule first, then a sentence, as everywhere. */
export function notFound(): Response {
  const error_description = 'path.known: there is nothing under this path'
  return jsonResponse({ error: 'not_found', error_description }, { status: 404 })
}

export function methodNotAllowed(allow: string): Response {
  const error_description = `method.known: this path takes ${allow}`
  return jsonResponse({ error: 'method_not_allowed', error_description }, { status: 405, headers: { allow } })
}

export function badRequest(rule: string, sentence: string, status: 400 | 413 | 415 = 400): Response {
  return jsonResponse({ error: 'invalid_request', error_description: `${rule}: ${sentence}` }, { status })
}

/** Nothing of what happened: the correlation id leads to the line in the log. */
export function fault(correlationId: string): Response {
  const error_description = `server.fault: something broke on this side, see ${correlationId}`
  return jsonResponse({ error: 'server_error', error_description }, { status: 500 })
}
