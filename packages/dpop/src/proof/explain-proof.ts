import { CHECKS, type CheckId } from '../checks.ts'
import { thumbprintOf } from '../key/thumbprint.ts'
import { type Check, type Finding, fail, outcomeOf, PASS, skip, type Verdict } from '../verdict.ts'
import { PROOF_CHECKS } from './check-proof.ts'
import type { ExpectedProof } from './proof.ts'
import { defaultProofPolicy } from './proof-policy.ts'
import { type ProofReading, readProofText } from './proof-reading.ts'

/** Whatever is known. A check that needs what is not given is skipped and says so. */
export interface ExpectedOfExplanation extends Partial<ExpectedProof> {
  /** The thumbprint the access token is bound to (its `cnf.jkt`): judges jkt.match. */
  readonly jkt?: string | undefined
  /** What the caller found about rows outside the proof: token.valid, scope.enough, jti.unused and so on. */
  readonly findings?: { readonly [id in CheckId]?: Finding | undefined }
}

/**
 * Every check with its status, expected, received and hint: the table that checkProof walks, walked to the end. The first row that
 * did not pass is the reason with which checkProof would have refused.
 *
 * Never throws for anything in the proof. Does not check: what the caller does not give.
 */
export async function explainProof(
  proofJwt: string | undefined,
  expected: ExpectedOfExplanation = {},
): Promise<Verdict> {
  const reading =
    proofJwt === undefined
      ? undefined
      : readProofText(proofJwt, (expected.policy ?? defaultProofPolicy).maxProof)
  const checks: Check[] = []
  for (const { id, clause, requirement } of CHECKS) {
    const { since: _since, until: _until, ...finding } = await findingOf(id, reading, expected)
    checks.push({ id, clause, requirement, ...finding })
  }
  return { outcome: outcomeOf(checks), checks }
}

async function findingOf(
  id: CheckId,
  reading: ProofReading | undefined,
  expected: ExpectedOfExplanation,
): Promise<Finding> {
  if (expected.checks?.has(id) === false) return skip('This check is switched off.')
  const given = expected.findings?.[id]
  if (given !== undefined) return given
  const row = PROOF_CHECKS.find((check) => check.id === id)
  if (row !== undefined) {
    if (reading !== undefined) return row.judge(reading, expected)
    return id === 'header.single'
      ? fail('There is no proof.', { expected: 'one proof', received: 'nothing' })
      : skip('There is no proof.')
  }
  if (id === 'jkt.match' && expected.jkt !== undefined) return keyMatch(reading, expected.jkt)
  return skip('Not part of the proof; the server judges it.')
}

async function keyMatch(reading: ProofReading | undefined, jkt: string): Promise<Finding> {
  const key = reading?.key?.publicJwk
  if (key === undefined) return skip('There is no key to compare.')
  const received = await thumbprintOf(key)
  return received === jkt ? PASS : fail('The token is bound to another key.', { expected: jkt, received })
}
