import {
  type Check,
  type CheckId,
  defaultProofPolicy,
  explainProof,
  type Finding,
  type Nonces,
  outcomeOf,
  type ProofPolicy,
  skip,
  type Verdict,
} from '@keybound/dpop/server'
import { explainAccess, localKeys } from '@keybound/resource-server'
import { decodePayload } from '../proof/decode-proof.ts'

/** What is judged, and what is known about the request and its server. What is not known is not judged. */
export interface Inspection {
  /** As in the one DPoP header field: two lines stand here joined by a comma. Undefined where there is none. */
  readonly proof: string | undefined
  readonly accessToken?: string | undefined
  /** Of the Authorization header, lower case; DPoP is assumed where a token came without one. */
  readonly scheme?: string | undefined
  readonly method?: string | undefined
  readonly url?: string | undefined
  /** The nonce that the server gave last. */
  readonly nonce?: string | undefined
  /** NumericDate at which the server is to have received it. */
  readonly now: number
  readonly policy?: ProofPolicy | undefined
  /** The server whose tokens can be verified, and the identifier of the resource. */
  readonly issuer?: KnownIssuer | undefined
}

export interface KnownIssuer {
  readonly issuer: string
  readonly resource: string
  readonly jwks: object
}

/**
 * Every check that what is known allows, by the table that servers walk: explainProof, and explainAccess of the resource server where an
 * access token is there. The rest is skipped and says what it needs.
 */
export async function inspect(inspection: Inspection): Promise<Verdict> {
  const { proof, accessToken, method, url, nonce, now, policy = defaultProofPolicy } = inspection
  const nonces = nonce === undefined ? undefined : theNonce(nonce)
  const verdict =
    accessToken === undefined
      ? await explainProof(proof, { ...(method && { method }), ...(url && { url }), nonces, now, policy })
      : await explainWithToken(inspection, accessToken, nonces, policy)
  const needs = needsOf(inspection)
  const checks = verdict.checks.map((check): Check => {
    const needed = needs[check.id]
    return needed && (check.status === 'pass' || check.status === 'skipped' || needed.instead)
      ? { id: check.id, clause: check.clause, requirement: check.requirement, ...needed.finding }
      : check
  })
  return { outcome: outcomeOf(checks), checks }
}

async function explainWithToken(
  { proof, scheme = 'dpop', method, url, now, issuer }: Inspection,
  accessToken: string,
  nonces: Nonces | undefined,
  policy: ProofPolicy,
): Promise<Verdict> {
  const claims = decodePayload(accessToken) ?? {}
  const explain = explainAccess({
    issuer: issuer?.issuer ?? String(claims.iss),
    resource: issuer?.resource ?? String([claims.aud].flat()[0]),
    keys: issuer ? localKeys(() => issuer.jwks) : anyKey,
    schemes: ['DPoP', 'Bearer'],
    policy,
    clock: () => now,
    ledger: neverAsked,
    ledgerName: 'inspector',
    ...(nonces && { nonces }),
  })
  const headers = new Headers({ authorization: headerValue(`${scheme} ${accessToken}`) })
  if (proof !== undefined) headers.set('dpop', headerValue(proof))
  return explain(new Request('https://inspector.invalid', { headers }), {
    method: method ?? 'GET',
    url: url ?? 'https://inspector.invalid',
  })
}

/** What no header can carry cannot have come in one; it stays something that no check accepts. */
function headerValue(text: string): string {
  return text.replace(/[^\t\x20-\x7e\x80-\xff]/g, '?')
}

interface Need {
  readonly finding: Finding
  /** Said in the place of a fail too: it was judged by something made up. */
  readonly instead?: boolean
}

function needsOf({ proof, accessToken, scheme, method, url, nonce, issuer }: Inspection): {
  readonly [id in CheckId]?: Need | undefined
} {
  const bound = accessToken !== undefined
  const opaque = bound && !accessToken.includes('.')
  const need = (what: string, instead = false): Need => ({ finding: skip(`Needs: ${what}.`), instead })
  return {
    ...(proof !== undefined &&
      method === undefined && { 'htm.match': need('the method of the request', true) }),
    ...(proof !== undefined && url === undefined && { 'htu.match': need('the URL of the request', true) }),
    ...(proof !== undefined &&
      nonce === undefined && { 'nonce.match': need('the nonce that the server gave') }),
    ...(bound && proof === undefined && !scheme && { 'header.single': need('the proof', true) }),
    ...(bound && !issuer && { 'token.valid': need('the keys of the issuer; the claims are in order') }),
    ...(opaque && {
      'token.valid': need('introspection, for the token is opaque', true),
      'jkt.match': need('introspection, for the token is opaque', true),
    }),
    ...(bound && { 'scope.enough': need('the scope that the resource wants') }),
    ...(!bound && {
      'scheme.match': need('the access token'),
      'ath.match': need('the access token'),
      'token.valid': need('the access token'),
      'jkt.match': need('the access token'),
      'scope.enough': need('the access token'),
    }),
    'client.requires': need('the registration of the client'),
    'code.jkt': need('the authorization request'),
    'par.jkt': need('the pushed request'),
    'refresh.jkt': need('the refresh token'),
    'jti.unused': need('the ledger of the server'),
  }
}

/** A server whose only nonce is this one. */
function theNonce(given: string): Nonces {
  return {
    issue: () => given,
    check: (nonce, now) =>
      nonce === given ? { live: true, until: now + 60 } : { live: false, because: 'foreign' },
  }
}

/** The claims of a token are judged though nobody here has the key of its issuer; token.valid is then never said to pass. */
const anyKey = {
  current: () => ({
    find: () => ({ alg: 'ES256', kid: undefined, identity: 'unknown', verify: () => true }) as const,
    has: () => true,
    headerOf: () => undefined,
    keepHeader() {},
  }),
  renewed: () => anyKey.current(),
}

const neverAsked = {
  remember(): never {
    throw new TypeError('Explaining spends nothing')
  },
}
