import {
  accessTokenHash,
  explainProof,
  type Finding,
  fail,
  outcomeOf,
  PASS,
  parseJkt,
  skip,
  type Verdict,
} from '@keybound/dpop/server'
import { OAuthError } from '@keybound/oauth'
import type { AccessToken } from './access-token/access-token.ts'
import { accessTokens } from './access-token/access-tokens.ts'
import { checkScope } from './check-scope.ts'
import { expectedUrl } from './expected-url.ts'
import { type ProtectResourceOptions, withDefaults } from './options.ts'
import type { ReceivedRequest, Requirement } from './protect-resource.ts'
import { readCredentials } from './read-credentials.ts'

/**
 * Every check of a protected request with its status: the table of explainProof, with the rows about token and scope judged by the
 * functions that protectResource uses. The first row that did not pass is the reason with which protectResource would refuse.
 *
 * Spends nothing: whether the jti is unused only the ledger knows, and asking would use it up.
 * Throws OAuthError temporarily_unavailable where keys or introspection cannot be had.
 */
export function explainAccess(
  options: ProtectResourceOptions,
): (request: ReceivedRequest, requirement?: Requirement) => Promise<Verdict> {
  const { resource, schemes, nonces, policy, clock } = withDefaults(options)
  const tokens = accessTokens(options)

  return async function explain(request, requirement = {}) {
    const now = clock()
    const credentials = await judge(() => readCredentials(request, schemes))
    if (!credentials.value) {
      return explainProof(undefined, {
        findings: { 'scheme.match': credentials.finding, 'header.single': unread },
      })
    }
    const { scheme, token } = credentials.value
    const { value: accessToken, finding } = await judge(async () =>
      tokens.verify(token, await accessTokenHash(token), now),
    )
    const findings = {
      'token.valid': finding,
      'scope.enough':
        accessToken && (await judge(() => checkScope(accessToken.scope, requirement.scope))).finding,
      'jti.unused': skip('Only the ledger knows, and asking it would spend the proof.'),
    }
    if (scheme === 'bearer') {
      const bound = accessToken && accessToken.confirmation !== undefined
      const match = bound ? fail('A bound token was sent as Bearer.') : undefined
      return explainProof(undefined, {
        findings: { ...findings, 'scheme.match': match, 'header.single': unread },
      })
    }
    const proofJwt = request.headers.get('dpop') ?? undefined
    const expected = {
      method: requirement.method ?? request.method,
      url: expectedUrl(request, requirement, resource),
      accessToken: token,
      nonces,
      policy,
      now,
      jkt: jktOf(accessToken),
    }
    const match = expected.jkt ? PASS : undefined
    const verdict = await explainProof(proofJwt, {
      ...expected,
      findings: { ...findings, 'scheme.match': match },
    })
    // The row stands first, but what the token confirms is known only when proof and token hold, and is judged before the scope: step 4 of protectResource.
    const untilBinding = verdict.checks.filter(({ id }) => id !== 'scope.enough')
    if (!accessToken || expected.jkt || outcomeOf(untilBinding) !== 'accepted') return verdict
    return explainProof(proofJwt, { ...expected, findings: { ...findings, 'scheme.match': unbound } })
  }
}

const unread = skip('No proof is read here.')
const unbound = fail('The token is not bound to a key, or its confirmation is malformed.')

/** What a rule gave, or the finding that says why it refused. */
async function judge<T>(rule: () => T | Promise<T>): Promise<{ value?: T; finding: Finding }> {
  try {
    return { value: await rule(), finding: PASS }
  } catch (error) {
    if (!(error instanceof OAuthError) || error.code === 'temporarily_unavailable') throw error
    return { finding: fail(error.description.slice(error.reason.length + 2)) }
  }
}

function jktOf(accessToken: AccessToken | undefined): string | undefined {
  const confirmation = accessToken?.confirmation as { jkt?: unknown } | null | undefined
  return parseJkt(confirmation?.jkt)
}
