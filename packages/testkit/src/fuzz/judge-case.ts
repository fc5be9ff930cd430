import {
  CHECKS,
  checkProof,
  createNonces,
  type ExpectedProof,
  explainProof,
  type KeyCache,
  type Proof,
  proofPolicy,
} from '@keybound/dpop'
import { OAuthError } from '@keybound/oauth'
import { judgeProof, type OracleJudgement } from '../oracle/index.ts'
import type { FuzzCase } from './case.ts'
import { cpuFor } from './cpu-for.ts'
import { lifetime, tolerance } from './draft.ts'

/** Nonces of the server under test, stateless, so that a case needs no memory. */
export const nonces = createNonces({ secret: new Uint8Array(32).fill(7) })

const policies = {
  iat: proofPolicy({ lifetime, tolerance, freshness: 'iat' }),
  nonce: proofPolicy({ lifetime, tolerance, freshness: 'nonce' }),
  both: proofPolicy({ lifetime, tolerance, freshness: 'both' }),
}

const reasons: ReadonlySet<string> = new Set(CHECKS.map((check) => check.id))
const wire = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/

export interface CaseResult {
  readonly accepted: boolean
  /** The check that refused it. */
  readonly reason?: string
  /** What is wrong with the verifiers; empty where all is well. */
  readonly faults: readonly string[]
}

interface JudgeOptions {
  readonly keys?: KeyCache
  readonly check?: typeof checkProof
}

/** Milliseconds of CPU, for both verifiers and the oracle together: so long nobody else may be held up by one proof. */
const longest = 100

/**
 * Runs one case through `checkProof`, `explainProof` and the oracle, and says where they contradict each other or themselves:
 * anything thrown that is no OAuthError, a proof accepted that the oracle refuses, a good proof refused, a verdict that differs
 * from the answer, a proof that is still accepted after its own last instant, one that held everything else up for too long, or a refusal whose
 * words could not go on the wire or repeat the proof. `keys`, where given, lets checkProof remember keys from case to case, as a server does; `check` is put in its place
 * to see whether a fault in it would be found.
 */
export async function judgeCase(fuzzCase: FuzzCase, options: JudgeOptions = {}): Promise<CaseResult> {
  const { milliseconds, result } = await cpuFor(() => judged(fuzzCase, options), longest)
  if (milliseconds <= longest) return result
  return { ...result, faults: [...result.faults, `took ${Math.round(milliseconds)} ms of CPU`] }
}

async function judged(fuzzCase: FuzzCase, { keys, check = checkProof }: JudgeOptions): Promise<CaseResult> {
  const { proof, expected, acceptable } = fuzzCase
  const { nonces: wanted, freshness, ...request } = expected
  const asked: ExpectedProof = {
    ...request,
    policy: policies[freshness],
    ...(wanted ? { nonces } : {}),
    ...(keys ? { keys } : {}),
  }
  const answer = await check(proof, asked).then(
    (accepted) => ({ accepted }),
    (refused: unknown) => ({ refused }),
  )
  if ('accepted' in answer) {
    keys?.keep(answer.accepted)
    const faults = [
      ...(await faultsOfAcceptance(answer.accepted, fuzzCase, asked)),
      ...(await verdictFaults(proof, asked)),
    ]
    return { accepted: true, faults }
  }
  if (!(answer.refused instanceof OAuthError))
    return { accepted: false, faults: [`threw ${String(answer.refused)}`] }
  const { reason } = answer.refused
  const faults = [
    ...(acceptable ? [`a good proof was refused by ${reason}`] : []),
    ...faultsOfRefusal(answer.refused, proof),
    ...(await verdictFaults(proof, asked, reason)),
  ]
  return { accepted: false, reason, faults }
}

async function faultsOfAcceptance(
  accepted: Proof,
  { proof, expected }: FuzzCase,
  asked: ExpectedProof,
): Promise<string[]> {
  const oracle = await oracleOn(proof, expected)
  if (!oracle.accepted) return [`accepted, but the oracle refuses by ${oracle.clause}`]
  if (oracle.jkt !== accepted.jkt || oracle.jti !== accepted.jti)
    return ['accepted with another jkt or jti than the oracle']
  if (accepted.expiresAt < expected.now) return ['accepted after the last instant that it names itself']
  const late = await checkProof(proof, { ...asked, now: accepted.expiresAt + 0.001 }).catch(() => undefined)
  return late === undefined ? [] : ['still accepted after the last instant that it names itself']
}

/** What is wrong with the verdict, given the reason of the answer (undefined where it was accepted). */
async function verdictFaults(proof: string, asked: ExpectedProof, reason?: string): Promise<string[]> {
  const verdict = await explainProof(proof, asked).catch((error: unknown) => String(error))
  if (typeof verdict === 'string') return [`explainProof threw ${verdict}`]
  const first = verdict.checks.find((check) => check.status === 'fail' || check.status === 'challenge')
  const outcome = reason === undefined ? 'accepted' : reason === 'nonce.match' ? 'challenged' : 'rejected'
  return [
    ...(first?.id === reason
      ? []
      : [`explained as ${first?.id ?? 'accepted'}, answered ${reason ?? 'accepted'}`]),
    ...(verdict.outcome === outcome ? [] : [`the verdict says ${verdict.outcome} instead of ${outcome}`]),
  ]
}

function faultsOfRefusal({ code, reason, description }: OAuthError, proof: string): string[] {
  const rightCode = reason === 'nonce.match' ? 'use_dpop_nonce' : 'invalid_dpop_proof'
  return [
    ...(code === rightCode ? [] : [`${reason} answered ${code}`]),
    ...(reasons.has(reason) ? [] : [`${reason} is no check`]),
    ...(wire.test(description)
      ? []
      : [`the description cannot go on the wire: ${JSON.stringify(description)}`]),
    ...(proof.length > 40 && description.includes(proof.slice(-40))
      ? ['the description repeats the proof']
      : []),
  ]
}

async function oracleOn(proof: string, expected: FuzzCase['expected']): Promise<OracleJudgement> {
  const { nonces: wanted, freshness, ...request } = expected
  const { now } = expected
  const ages = freshness === 'iat' ? [0, 60, 120, 180] : [0, 60]
  const supplied = wanted
    ? { nonces: new Set(await Promise.all(ages.map((age) => nonces.issue(now - age)))) }
    : {}
  const anyClock = wanted && freshness === 'nonce'
  const window = anyClock
    ? { back: Number.POSITIVE_INFINITY, ahead: Number.POSITIVE_INFINITY }
    : { back: lifetime + tolerance, ahead: tolerance }
  return judgeProof(proof, { ...request, ...supplied, ...window })
}
