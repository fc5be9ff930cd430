import { type Exchange, recordingFetch } from '@keybound/exchange'
import { readForm } from '@keybound/oauth'
import { withClientAssertion } from '../auth/client-assertion.ts'
import { endpoint } from '../auth/provider.ts'
import { badForm, forbidden } from '../auth/refuse.ts'
import { isSameOrigin } from '../auth/same-origin.ts'
import type { Web } from '../dependencies.ts'

/**
 * POST { token } from the playground's page: introspects with this site's own client authentication, which a page cannot have, and
 * answers with the exchange as JSON, the client assertion taken out of it. Whoever holds a token may read its claims anyway.
 * @see RFC 7662 §2
 */
export async function introspectForPage(web: Web, request: Request): Promise<Response> {
  if (!isSameOrigin(request.headers, web.env.webUrl)) return forbidden('request.origin')
  const form = await readForm(request).catch(badForm)
  if (form instanceof Response) return form
  const token = form.get('token')
  if (token === undefined)
    return Response.json(
      { error: 'invalid_request', error_description: 'token.present: There is no token in the form.' },
      { status: 400, headers: { 'cache-control': 'no-store' } },
    )
  const exchange = await introspect(web, token)
  return Response.json(exchange, { headers: { 'cache-control': 'no-store' } })
}

async function introspect(web: Web, token: string): Promise<Exchange | undefined> {
  const url = endpoint(await web.provider.metadata(), 'introspection_endpoint')
  let noted: Exchange | undefined
  const recorded = recordingFetch({
    fetch: web.fetch,
    clock: web.clock,
    about: { step: 'Introspect', from: 'web', to: 'auth-server' },
    record(exchange) {
      noted = withoutAssertion(exchange)
    },
  })
  const { clientKey: key, env, clock } = web
  const send = withClientAssertion({ key, issuer: env.issuer, clock, fetch: recorded })
  await send(url, { method: 'POST', body: new URLSearchParams({ token, token_type_hint: 'access_token' }) })
  return noted
}

/** It is good for a minute, and not the page's. */
function withoutAssertion(exchange: Exchange): Exchange {
  const form = new URLSearchParams(exchange.request.body)
  form.set('client_assertion', '[signed by this site’s server]')
  return { ...exchange, request: { ...exchange.request, body: form.toString() } }
}
