import {
  checkProof,
  createNonces,
  generateKey,
  type ProofAlg,
  proofPolicy,
  type Verdict,
} from '@keybound/dpop'
import { forgeProof, PROOF_DEFECTS, type ProofDefect } from '@keybound/dpop/testing'
import { OAuthError } from '@keybound/oauth'
import { localKeys, protectResource } from '@keybound/resource-server'
import { memoryLedger } from '@keybound/stores/memory'
import { caseAt, lifetime, tolerance, nonces as usualNonces } from '@keybound/testkit/fuzz'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { bundleForBrowser } from '../testing/bundle-for-browser.ts'

/** `npm run same-verdict -w @keybound/web-app` judges 10,000. */
const count = Number(process.env.INSPECTOR_CASES ?? 400)
const limit = 30_000 + count * 100

let inspector: typeof import('./inspect.ts') & typeof import('./read-paste.ts')

beforeAll(async () => {
  const [inspect, readPaste] = await Promise.all([
    bundleForBrowser<typeof import('./inspect.ts')>(new URL('./inspect.ts', import.meta.url)),
    bundleForBrowser<typeof import('./read-paste.ts')>(new URL('./read-paste.ts', import.meta.url)),
  ])
  inspector = { ...inspect, ...readPaste }
}, 60_000)

/** accepted, or the check that refused. */
async function answerOf(server: Promise<unknown>): Promise<string> {
  try {
    await server
    return 'accepted'
  } catch (error) {
    if (error instanceof OAuthError) return error.reason
    throw error
  }
}

/** The nonce that the server gave last: the one that the proof was made with, or a newer one where that has gone stale meanwhile. */
async function lastNonce(given: string, now: number): Promise<string> {
  const { live } = await usualNonces.check(given, now)
  return live ? given : usualNonces.issue(now)
}

function saidBy({ checks }: Verdict): string {
  return checks.find(({ status }) => status === 'fail' || status === 'challenge')?.id ?? 'accepted'
}

describe('the inspector, as a browser gets it, and the server give the same verdict', () => {
  it(`over ${count / 2} proofs mutated at random`, { timeout: limit }, async () => {
    const differences: string[] = []
    const seen = new Set<string>()
    for (let index = 0; index < count / 2; index++) {
      let nonce = ''
      const { proof, expected, mutations } = await caseAt(9449, index, async (now) => {
        nonce = await usualNonces.issue(now)
        return nonce
      })
      const { method, url, now, freshness } = expected
      const policy = proofPolicy({ lifetime, tolerance, freshness })
      const answer = await answerOf(
        checkProof(proof, { method, url, now, policy, ...(expected.nonces && { nonces: usualNonces }) }),
      )
      const verdict = await inspector.inspect({
        proof,
        method,
        url,
        now,
        policy,
        nonce: expected.nonces ? await lastNonce(nonce, now) : undefined,
      })
      seen.add(answer)
      if (saidBy(verdict) !== answer)
        differences.push(`case ${index} (${mutations.join(' + ')}): ${saidBy(verdict)} instead of ${answer}`)
    }
    expect(differences).toEqual([])
    expect(seen.size).toBeGreaterThan(8)
  })

  it(`over ${count / 2} requests with a token, pasted as text`, { timeout: limit }, async () => {
    const defects = [undefined, ...Object.keys(PROOF_DEFECTS)] as (ProofDefect | undefined)[]
    const differences: string[] = []
    const seen = new Set<string>()
    for (let index = 0; index < count / 2; index++) {
      const defect = defects[index % defects.length]
      const kind = tokenKinds[Math.floor(index / defects.length) % tokenKinds.length] ?? 'bound'
      const alg = algs[index % algs.length] ?? 'ES256'
      const { answer, said } = await judgeRequest(defect, kind, alg, index)
      seen.add(answer)
      if (said !== answer)
        differences.push(`${defect ?? 'good'}, ${kind}, ${alg}: ${said} instead of ${answer}`)
    }
    expect(differences).toEqual([])
    expect(seen.size).toBeGreaterThan(8)
  })
})

const tokenKinds = ['bound', 'of another key', 'unbound', 'as Bearer', 'expired'] as const
const algs: readonly ProofAlg[] = ['ES256', 'Ed25519', 'EdDSA', 'ES256']

const issuer = 'https://as.example'
const resource = 'https://api.example/api/profile'
const signing = await generateKeyPair('ES256')
const jwks = { keys: [{ ...(await exportJWK(signing.publicKey)), kid: 'one' }] }
const nonces = createNonces({ secret: new Uint8Array(32).fill(9) })
const now = 1_767_225_600
const protect = protectResource({
  issuer,
  resource,
  keys: localKeys(() => jwks),
  ledger: memoryLedger(),
  ledgerName: 'api',
  schemes: ['DPoP', 'Bearer'],
  nonces,
  clock: () => now,
})

async function judgeRequest(
  defect: ProofDefect | undefined,
  kind: (typeof tokenKinds)[number],
  alg: ProofAlg,
  index: number,
): Promise<{ answer: string; said: string }> {
  const key = await generateKey(alg)
  const jkt = kind === 'of another key' ? (await generateKey(alg)).jkt : key.jkt
  const accessToken = await new SignJWT({
    scope: 'profile',
    client_id: 'web',
    ...(kind !== 'unbound' && { cnf: { jkt } }),
  })
    .setProtectedHeader({ typ: 'at+jwt', alg: 'ES256', kid: 'one' })
    .setIssuer(issuer)
    .setAudience(resource)
    .setSubject('alice')
    .setJti(String(index))
    .setIssuedAt(now)
    .setExpirationTime(kind === 'expired' ? now - 1 : now + 300)
    .sign(signing.privateKey)
  const nonce = await nonces.issue(now)
  const method = index % 2 === 0 ? 'GET' : 'PATCH'
  const proofs = [await forgeProof(key, { method, url: resource, accessToken, nonce, now, defect })].flat()
  const scheme = kind === 'as Bearer' ? 'Bearer' : 'DPoP'

  const request = new Request(resource, { method, headers: { authorization: `${scheme} ${accessToken}` } })
  for (const proof of proofs) request.headers.append('dpop', proof)
  const answer = await answerOf(protect(request))

  const pasted = inspector.readPaste(
    [
      `${method} /api/profile HTTP/1.1`,
      'Host: api.example',
      `Authorization: ${scheme} ${accessToken}`,
      ...proofs.map((proof) => `DPoP: ${proof}`),
    ].join('\r\n'),
  )
  const verdict = await inspector.inspect({
    ...pasted,
    proof: pasted.proofs.length === 0 ? undefined : pasted.proofs.join(', '),
    nonce,
    now,
    issuer: { issuer, resource, jwks },
  })
  return { answer, said: saidBy(verdict) }
}
