import { type CheckId, generateKey, type Signer } from '@keybound/dpop'
import { explainProof } from '@keybound/dpop/server'
import { forgeProof, type ProofDefect } from '@keybound/dpop/testing'
import { decodeProof } from '../proof/decode-proof.ts'

/** A proof that keeps the rule and one that breaks it, as text to read, and what the check says of the second. */
export interface CheckExample {
  readonly good: string
  readonly bad: string
  readonly because?: string | undefined
}

const now = 1_767_225_600
const request = {
  method: 'GET',
  url: 'https://api.example/profile',
  accessToken: 'example-token',
  nonce: 'example-nonce',
}
let signer: Promise<Signer> | undefined

/** Forged and judged here and now, with a key that is thrown away: no example that has grown old. */
export async function forgedExample(id: CheckId, defect: ProofDefect): Promise<CheckExample> {
  signer ??= generateKey('ES256')
  const key = await signer
  const good = [await forgeProof(key, { ...request, now })].flat()
  const bad = [await forgeProof(key, { ...request, now, defect })].flat()
  const verdict = await explainProof(bad.join(', '), {
    ...request,
    now,
    nonces: { issue: () => request.nonce, check: isIt },
  })
  return {
    good: good.map(readable).join('\n'),
    bad: bad.map(readable).join('\n'),
    because: verdict.checks.find((check) => check.id === id)?.because,
  }
}

function isIt(nonce: string) {
  return nonce === request.nonce
    ? ({ live: true, until: now + 60 } as const)
    : ({ live: false, because: 'foreign' } as const)
}

function readable(proofJwt: string): string {
  const proof = decodeProof(proofJwt)
  if (proof === undefined) return `DPoP: ${proofJwt}`
  const { header, payload, signature } = proof
  const shortened = `${signature.slice(0, 12)}… (${signature.length} characters)`
  return [
    `// header`,
    JSON.stringify(header, null, 2),
    '// payload',
    JSON.stringify(payload, null, 2),
    `// signature ${shortened}`,
  ].join('\n')
}
