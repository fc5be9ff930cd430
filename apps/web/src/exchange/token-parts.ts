import { boundTo, type Exchange, headerOf } from '@keybound/exchange'
import { decodePayload } from '../proof/decode-proof.ts'

export interface TokenPart {
  /** Where in the exchange it stood. */
  readonly place: string
  readonly text: string
  /** The claims of a JWT; undefined for an opaque token. */
  readonly claims?: Readonly<Record<string, unknown>>
  /** `cnf.jkt`, where the token is bound to a key. */
  readonly boundTo?: string
}

const inForm = ['code', 'refresh_token', 'token', 'code_verifier', 'request_uri']
const inAnswer = ['access_token', 'refresh_token', 'id_token', 'request_uri']

/** Every token and every other credential that an exchange carried, in the order in which it carried them. */
export function tokenParts(exchange: Exchange): TokenPart[] {
  const { request, response } = exchange
  const [scheme, presented] = (headerOf(request.headers, 'authorization') ?? '').split(' ')
  const form = new URLSearchParams(request.body ?? '')
  const answer = parse(response?.body)
  return [
    ...(presented ? [part(`presented in Authorization, as ${scheme}`, presented)] : []),
    ...inForm.flatMap((name) => form.getAll(name).map((value) => part(`sent as ${name}`, value))),
    ...inAnswer.flatMap((name) => {
      const value = answer[name]
      return typeof value === 'string' ? [part(`answered as ${name}`, value)] : []
    }),
  ]
}

function part(place: string, text: string): TokenPart {
  const claims = decodePayload(text)
  const jkt = boundTo(text)
  return { place, text, ...(claims && { claims }), ...(jkt !== undefined && { boundTo: jkt }) }
}

function parse(body: string | undefined): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body ?? '')
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
