import {
  CHECKS,
  type Check,
  type CheckId,
  explainProof,
  type Nonces,
  outcomeOf,
  type Verdict,
} from '@keybound/dpop'
import { type Exchange, headerOf, proofOf, refusalOf } from './exchange.ts'

/** What the client knows beside the exchange itself. */
export interface ClientKnowledge {
  readonly accessToken?: string
  /** The thumbprint to which the access token is bound. */
  readonly jkt?: string
  /** The nonces that this server gave so far. None: it asks for none. */
  readonly nonces: readonly string[]
}

/**
 * The verdict over an exchange, as the client can give it: its own proof judged by the one table of checks, and what only the
 * server can know (its ledger, the token) taken from the server's answer. Undefined where there was nothing to judge.
 */
export async function judgeExchange(
  exchange: Exchange,
  known: ClientKnowledge,
): Promise<Verdict | undefined> {
  const proof = proofOf(exchange)
  const refusal = refusalOf(exchange)
  if (proof === undefined && !isCheckId(refusal?.reason)) return undefined
  const { request, response, timings } = exchange
  const given = response && headerOf(response.headers, 'dpop-nonce')
  const nonces = [...known.nonces, ...(refusal?.error === 'use_dpop_nonce' && given ? [given] : [])]
  const bearer = /^bearer /i.test(headerOf(request.headers, 'authorization') ?? '')
  const verdict = await explainProof(proof, {
    method: request.method,
    url: request.url,
    now: timings.sentAt,
    ...(known.accessToken === undefined ? {} : { accessToken: known.accessToken, jkt: known.jkt }),
    ...(nonces.length === 0 ? {} : { nonces: noncesSeen(nonces) }),
    ...(bearer ? { findings: { 'header.single': notRead } } : {}),
  })
  const checks = verdict.checks.map((check) => withAnswer(check, exchange, refusal))
  return { outcome: outcomeOf(checks), checks }
}

const notRead = { status: 'skipped', because: 'Under the Bearer scheme no proof is read.' } as const

/** Rows that the server alone can judge; it judged them well when it accepted. */
const serverRows: Readonly<Record<'resource' | 'authorization server', readonly CheckId[]>> = {
  resource: ['scheme.match', 'token.valid', 'scope.enough', 'jti.unused'],
  'authorization server': ['client.requires', 'jti.unused'],
}

function withAnswer(check: Check, exchange: Exchange, refusal: ReturnType<typeof refusalOf>): Check {
  if (refusal?.reason === check.id && check.status !== 'fail' && check.status !== 'challenge')
    return {
      ...check,
      status: refusal.error === 'use_dpop_nonce' ? 'challenge' : 'fail',
      because: refusal.sentence ?? 'The server said so.',
    }
  if (check.status !== 'skipped' || (exchange.response?.status ?? 500) >= 400) return check
  const place =
    headerOf(exchange.request.headers, 'authorization') === undefined ? 'authorization server' : 'resource'
  return serverRows[place].includes(check.id)
    ? { ...check, status: 'pass', because: 'The server accepted it.' }
    : check
}

/** The client cannot make the server's nonces, but it knows which it was given. */
function noncesSeen(seen: readonly string[]): Nonces {
  return {
    issue: () => seen.at(-1) ?? '',
    check: (nonce, now) =>
      seen.includes(nonce) ? { live: true, until: now + 60 } : { live: false, because: 'foreign' },
  }
}

function isCheckId(text: string | undefined): text is CheckId {
  return CHECKS.some(({ id }) => id === text)
}
