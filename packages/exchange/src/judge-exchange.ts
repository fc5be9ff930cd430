import {
  CHECKS,
  type Check,
  type CheckId,
  type ChecksInForce,
  explainProof,
  type Nonces,
  outcomeOf,
  type ProofPolicy,
  type Verdict,
} from '@keybound/dpop'
import { type Exchange, headerOf, refusalOf } from './exchange.ts'

/** What is known beside the exchange itself. */
export interface Knowledge {
  readonly accessToken?: string | undefined
  /** The thumbprint to which the access token is bound. */
  readonly jkt?: string | undefined
  /** A client knows the nonces that this server gave it so far (none: it asks for none), a server makes them. */
  readonly nonces: readonly string[] | Nonces | undefined
  /** A server knows what it accepts. */
  readonly policy?: ProofPolicy | undefined
  /** All of them, everywhere but in the attack lab. */
  readonly checks?: ChecksInForce | undefined
}

/**
 * The verdict over an exchange: its proof judged by the one table of checks, and what only the server can know (its ledger, the token) taken
 * from the server's answer. Undefined where there was nothing to judge.
 */
export async function judgeExchange(exchange: Exchange, known: Knowledge): Promise<Verdict | undefined> {
  const proof = proofLines(exchange)
  const refusal = refusalOf(exchange)
  if (proof === undefined && !isCheckId(refusal?.reason)) return undefined
  const { request, response, timings } = exchange
  const given = response && headerOf(response.headers, 'dpop-nonce')
  const asked = refusal?.error === 'use_dpop_nonce' ? given : undefined
  const bearer = /^bearer /i.test(headerOf(request.headers, 'authorization') ?? '')
  const verdict = await explainProof(proof, {
    method: request.method,
    url: request.url,
    now: timings.sentAt,
    ...(known.accessToken === undefined ? {} : { accessToken: known.accessToken, jkt: known.jkt }),
    ...(known.policy && { policy: known.policy }),
    checks: known.checks,
    nonces: noncesOf(known.nonces, asked),
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

/** Every line of the field, as a server sees them. */
function proofLines({ request }: Exchange): string | undefined {
  const lines = request.headers.filter(([name]) => name.toLowerCase() === 'dpop').map(([, value]) => value)
  return lines.length === 0 ? undefined : lines.join(', ')
}

function noncesOf(known: Knowledge['nonces'], asked: string | undefined): Nonces | undefined {
  if (known !== undefined && 'issue' in known) return known
  const seen = [...(known ?? []), ...(asked === undefined ? [] : [asked])]
  return seen.length === 0 ? undefined : noncesSeen(seen)
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
