import { type Form, parseForm, readForm } from '@keybound/oauth'

/** Every authorization parameter that is understood, and those that are understood enough to be refused or ignored. */
const parameterNames: readonly string[] = [
  'acr_values',
  'claims',
  'client_id',
  'code_challenge',
  'code_challenge_method',
  'display',
  'dpop_jkt',
  'id_token_hint',
  'login_hint',
  'max_age',
  'nonce',
  'prompt',
  'redirect_uri',
  'request',
  'request_uri',
  'resource',
  'response_mode',
  'response_type',
  'scope',
  'state',
  'ui_locales',
]

/**
 * The parameters of GET or POST /authorize. Repeats of known ones pass here: only when client and redirect URI are
 * trusted can they be answered by a redirect. See checkSingleParameters.
 * @throws OAuthError invalid_request `request.form`, `body.size`
 */
export async function readParameters(request: Request): Promise<Form> {
  const options = { repeatable: parameterNames }
  if (request.method === 'POST') return readForm(request, options)
  const query = request.url.indexOf('?')
  return parseForm(query < 0 ? '' : request.url.slice(query + 1).replace(/#.*$/, ''), options)
}

/** The parameter, where it is there exactly once. */
export function onlyValue(parameters: Form, name: string): string | undefined {
  const values = parameters.getAll(name)
  return values.length === 1 ? values[0] : undefined
}
