import { CHECKS, parseJsonObject } from '@keybound/dpop'
import { type Exchange, headerOf, jwtSegment, proofOf, refusalOf } from '@keybound/exchange'
import { claimedIdentity } from './claimed-identity.ts'
import type { SecurityEvent } from './security-event.ts'

/** How a server decided about one request that carried a proof, or should have. Holds no token, no proof and no query. */
export interface JudgedRequest {
  readonly server: string
  /** RS where an access token came with it. */
  readonly role: 'AS' | 'RS'
  readonly endpoint: string
  readonly method: string
  readonly status: number
  readonly outcome: 'accepted' | 'rejected' | 'challenged'
  /** The id of the rule that refused it. */
  readonly check?: string
  /** As the request claims it; proved only where the outcome is `accepted`. */
  readonly clientId?: string
  /** As the proof claims it; proved only where the outcome is `accepted`. */
  readonly jkt?: string
  /** The server's clock less the proof's iat, in seconds. */
  readonly iatSkew?: number
  readonly correlationId: string
  /** NumericDate of its arrival, and seconds until the answer had left. */
  readonly at: number
  readonly took: number
  /** Of a token request that was granted. */
  readonly issued?: { readonly grant: string; readonly tokenType: string }
  readonly security?: SecurityEvent
}

/** Our own paths are shorter; of whatever else is asked for no more is kept. */
const mostOfPath = 200

/**
 * What an exchange says about a decision; undefined where no proof was involved. Read from the server's own answer, whose description begins
 * with the id of the rule.
 */
export async function judgedRequest(
  exchange: Exchange,
  server: string,
  endpointOf = (path: string) => path,
): Promise<JudgedRequest | undefined> {
  const { request, response, timings } = exchange
  const proof = proofOf(exchange)
  const refusal = refusalOf(exchange)
  const aboutProof = proof !== undefined || CHECKS.some(({ id }) => id === refusal?.reason)
  if (!aboutProof || response === undefined) return undefined
  const [scheme = '', token] = (headerOf(request.headers, 'authorization') ?? '').split(/\s+/, 2)
  const protectedResource = /^(?:dpop|bearer)$/i.test(scheme)
  const claims = proof === undefined ? undefined : jwtSegment(proof, 1)
  const form = new URLSearchParams(request.body ?? '')
  const { clientId, jkt } = protectedResource
    ? await claimedIdentity(token, proof)
    : { ...(await claimedIdentity(undefined, proof)), clientId: clientOf(form) }
  const issued = protectedResource ? undefined : issuedBy(form, exchange)
  return {
    server,
    role: protectedResource ? 'RS' : 'AS',
    endpoint: endpointOf(new URL(request.url).pathname).slice(0, mostOfPath),
    method: request.method,
    status: response.status,
    outcome: outcomeOf(response.status, refusal?.error),
    ...(refusal?.reason && { check: refusal.reason }),
    ...(clientId !== undefined && { clientId }),
    ...(jkt && { jkt }),
    ...(typeof claims?.iat === 'number' && { iatSkew: timings.sentAt - claims.iat }),
    correlationId: exchange.id,
    at: timings.sentAt,
    took: timings.took,
    ...(issued && { issued }),
  }
}

function outcomeOf(status: number, error: string | undefined): JudgedRequest['outcome'] {
  if (error === 'use_dpop_nonce') return 'challenged'
  return status < 400 ? 'accepted' : 'rejected'
}

/** Whom a token request names. */
function clientOf(form: URLSearchParams): string | undefined {
  const named = form.get('client_id') ?? jwtSegment(form.get('client_assertion') ?? '', 1)?.sub
  return typeof named === 'string' ? named.slice(0, 100) : undefined
}

function issuedBy(form: URLSearchParams, { response }: Exchange): JudgedRequest['issued'] {
  const grant = form.get('grant_type')
  const answer = parseJsonObject(response?.body ?? '')
  if (grant === null || typeof answer === 'string' || typeof answer.token_type !== 'string') return undefined
  return { grant, tokenType: answer.token_type }
}
