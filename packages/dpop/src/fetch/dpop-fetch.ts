import { type Clock, systemClock } from '@keybound/oauth'
import type { Signer } from '../key/signer.ts'
import { createProof } from '../proof/create-proof.ts'
import type { ClockOffsets } from './clock-offsets.ts'
import { DpopFetchError } from './dpop-fetch-error.ts'
import { errorCodeOf } from './error-code.ts'
import { firstContact } from './first-contact.ts'
import { type NonceCache, nonceIn } from './nonce-cache.ts'
import { type RequestTemplate, requestTemplate } from './request-template.ts'

/** One request and its answer, as they went over the wire. */
export interface Attempt {
  /** 1 for the first. */
  readonly number: number
  readonly method: string
  readonly url: string
  readonly requestHeaders: Headers
  readonly proof: string
  readonly status: number
  readonly responseHeaders: Headers
  /** A copy whose body may be read. */
  readonly response: Response
}

/** The key, the nonces and the token that go with a request, and what dpopFetch is to use in place of its own. */
export interface DpopFetchOptions {
  readonly key: Signer
  /** Sent as `Authorization: DPoP <token>` and hashed into each proof. Without it another Authorization header of yours stays (client authentication). */
  readonly accessToken?: string | undefined
  readonly nonces: NonceCache
  /** What sends; the platform's own by default. */
  readonly fetch?: typeof fetch | undefined
  readonly clock?: Clock | undefined
  /** Given, a server's idea of the time is learnt from its Date headers and used for its proofs. */
  readonly clockOffsets?: ClockOffsets | undefined
  readonly init?: RequestInit | undefined
  /** Told of every request with its response, before anything is made of it. */
  readonly onAttempt?: ((attempt: Attempt) => void | Promise<void>) | undefined
}

const MOST_REDIRECTS = 5

/**
 * `fetch` with a new proof for every request it makes. Learns the nonce from every response; makes the request once more when the server asks for a nonce and
 * gives one, and no more than once, so that a server that is never content gets its last answer returned. With `clockOffsets`, once more for its clock too.
 * Of parallel calls to a server that nobody has heard from, the first goes alone and the others wait until it is answered: they share its challenge.
 *
 * Redirects within the origin are followed with a new proof (at most five). A redirect to another origin is returned as it came: neither
 * token nor proof is for that server (`redirect: 'error'` throws instead, 'manual' returns every redirect). Browsers hide redirects: there the opaque response is returned.
 *
 * Rejects with DpopFetchError `body.once` if the body is a stream and would have to be sent twice, `redirect.loop`, `redirect.refused`; and with what fetch rejects with.
 * Does not check: the token_type of a token response (RFC 9449 §5).
 * @see RFC 9449 §4.1, §7.3, §8, §9
 */
export async function dpopFetch(input: Request | string | URL, options: DpopFetchOptions): Promise<Response> {
  let template = await requestTemplate(input, options.init)
  let attempts = 0
  for (let redirects = 0; ; redirects++) {
    const answer = await fetchUntilContent(template, options, attempts)
    attempts = answer.attempts
    const target = redirectTarget(answer.response, template)
    if (target === undefined) return answer.response
    if (redirects === MOST_REDIRECTS)
      throw new DpopFetchError('redirect.loop', 'The server redirects too often.')
    template = template.redirected(answer.response.status, target)
    discard(answer.response)
  }
}

/** The request, and once more if the server asks for a nonce, and once more if it refuses the proof while its clock turns out to be another. */
async function fetchUntilContent(
  template: RequestTemplate,
  options: DpopFetchOptions,
  attempts: number,
): Promise<{ response: Response; attempts: number }> {
  const { nonces, clockOffsets, clock = systemClock } = options
  const { origin } = new URL(template.url)
  const heardFrom = await firstContact(nonces, origin, template.signal)
  const reasonsLeft = new Set(['use_dpop_nonce', 'invalid_dpop_proof'])
  let given: string | undefined
  try {
    for (let number = attempts + 1; ; number++) {
      const sentNonce = nonces.get(origin) ?? given
      const response = await send(template, options, sentNonce, number)
      given = nonceIn(response)
      if (given !== undefined) nonces.set(origin, given)
      const clockMoved = clockOffsets?.learn(origin, response, clock()) ?? false
      if (given !== undefined || !clockMoved) heardFrom()

      const freshNonce = given !== undefined && given !== sentNonce
      if (!freshNonce && !clockMoved) return { response, attempts: number }
      const error = (await errorCodeOf(response)) ?? ''
      const cured = error === 'use_dpop_nonce' ? freshNonce : clockMoved
      if (!cured || !reasonsLeft.delete(error)) return { response, attempts: number }
      discard(response)
    }
  } finally {
    heardFrom()
  }
}

async function send(
  template: RequestTemplate,
  options: DpopFetchOptions,
  nonce: string | undefined,
  number: number,
): Promise<Response> {
  const { key, accessToken, clock = systemClock, clockOffsets } = options
  const { method, url } = template
  const now = clock() + (clockOffsets?.get(new URL(url).origin) ?? 0)
  const proof = await createProof(key, { method, url, accessToken, nonce, now })
  const request = template.make({
    dpop: proof,
    ...(accessToken === undefined ? {} : { authorization: `DPoP ${accessToken}` }),
  })
  const requestHeaders = new Headers(request.headers)
  const response = await (options.fetch ?? fetch)(request)
  await options.onAttempt?.({
    number,
    method,
    url,
    requestHeaders,
    proof,
    status: response.status,
    responseHeaders: response.headers,
    response: response.clone(),
  })
  return response
}

/** Frees the connection of an answer that nobody will read. */
function discard(response: Response): void {
  response.body?.cancel().catch(() => undefined)
}

/** Where to go on, or undefined if the response is the end. */
function redirectTarget(response: Response, template: RequestTemplate): string | undefined {
  const location = response.headers.get('location')
  if (![301, 302, 303, 307, 308].includes(response.status) || location === null) return undefined
  if (template.redirect === 'manual') return undefined
  if (template.redirect === 'error')
    throw new DpopFetchError('redirect.refused', 'The server answered with a redirect.')
  const target = URL.canParse(location, template.url) ? new URL(location, template.url) : undefined
  return target?.origin === new URL(template.url).origin ? target.href : undefined
}
