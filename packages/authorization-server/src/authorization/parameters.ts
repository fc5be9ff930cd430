import { type Form, parseForm, readForm } from '@keybound/oauth'

/**
 * The parameters of GET or POST /authorize. Repeats pass here: only when client and redirect URI are trusted can they be answered by a
 * redirect, and beside a request_uri of ours they are ignored. See checkSingleParameters.
 * @throws OAuthError invalid_request `request.form`, `body.size`
 */
export async function readParameters(request: Request): Promise<Form> {
  const options = { repeatable: 'all' } as const
  if (request.method === 'POST') return readForm(request, options)
  const query = request.url.indexOf('?')
  return parseForm(query < 0 ? '' : request.url.slice(query + 1).replace(/#.*$/, ''), options)
}

/** The parameter, where it is there exactly once. */
export function onlyValue(parameters: Form, name: string): string | undefined {
  const values = parameters.getAll(name)
  return values.length === 1 ? values[0] : undefined
}
