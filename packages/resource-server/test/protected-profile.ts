import { createNonces, createProof, type Ledger, type Signer, signerFromJwk } from '@keybound/dpop'
import { parseChallenges } from '@keybound/oauth'
import { memoryLedger } from '@keybound/stores/memory'
import { type FixedClock, fixedClock, testKeys } from '@keybound/testkit'
import { type AnswerOptions, type AnswerWithAccess, answerWithAccess } from '../src/answer-with-access.ts'
import { localKeys } from '../src/keys/local-keys.ts'
import type { Requirement } from '../src/protect-resource.ts'
import { issuer, issueToken, jwks, resource, type TokenParts } from './test-issuer.ts'

export const alice: Signer = await signerFromJwk(testKeys.otherES256.privateJwk, 'ES256')
export const thief: Signer = await signerFromJwk(testKeys.otherEd25519.privateJwk, 'Ed25519')

export interface Sent {
  readonly token?: string
  /** 'DPoP' by default. */
  readonly scheme?: string
  /** One value a header line. */
  readonly proof?: string | readonly string[] | undefined
  readonly method?: string
  readonly url?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly requirement?: Requirement
}

/** A protected profile with everything real but the clock, and what a test wants to see of it. */
export interface ProtectedProfile {
  readonly clock: FixedClock
  readonly options: AnswerOptions
  readonly answer: AnswerWithAccess
  /** How many jti were spent. */
  spent(): number
  token(parts?: Omit<TokenParts, 'now'>): Promise<string>
  nonce(): Promise<string | undefined>
  /** A good proof of alice for a GET of the profile with this token, changed as told. */
  proof(
    token: string,
    parts?: { method?: string; url?: string; signer?: Signer; nonce?: string },
  ): Promise<string>
  request(sent: Sent): Request
  /** Sends and gives the answer, with its challenges parsed and the check id out of the description. */
  send(sent: Sent): Promise<Answer>
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: Record<string, unknown>
  readonly challenges: readonly {
    readonly scheme: string
    readonly params: Readonly<Record<string, string>>
  }[]
  /** The check id that the first error in a challenge, or the body, names. */
  readonly check: string | undefined
}

export function protectedProfile(
  parts: { readonly nonces?: boolean } & Partial<Omit<AnswerOptions, 'nonces'>> = {},
): ProtectedProfile {
  const clock = fixedClock()
  const nonces = parts.nonces === false ? undefined : createNonces({ secret: 'n'.repeat(32) })
  let spent = 0
  const memory = memoryLedger()
  const ledger: Ledger = {
    async remember(entry) {
      const unused = await memory.remember(entry)
      if (unused) spent++
      return unused
    },
  }
  const { nonces: _, ...changed } = parts
  const options: AnswerOptions = {
    resource,
    issuer,
    keys: localKeys(() => jwks),
    ledger,
    ledgerName: 'api',
    clock: clock.now,
    ...(nonces && { nonces }),
    ...changed,
  }
  const answer = answerWithAccess(options)

  async function nonce(): Promise<string | undefined> {
    return nonces?.issue(clock.now())
  }

  function request({
    token,
    scheme = 'DPoP',
    proof,
    method = 'GET',
    url = resource,
    headers = {},
  }: Sent): Request {
    const lines = new Headers(headers)
    if (token !== undefined) lines.append('authorization', `${scheme} ${token}`)
    for (const line of typeof proof === 'string' ? [proof] : (proof ?? [])) lines.append('dpop', line)
    return new Request(url, { method, headers: lines })
  }

  return {
    clock,
    options,
    answer,
    spent: () => spent,
    token: (tokenParts = {}) =>
      issueToken({
        now: clock.now(),
        ...tokenParts,
        claims: { cnf: { jkt: alice.jkt }, ...tokenParts.claims },
      }),
    nonce,
    async proof(token, { method = 'GET', url = resource, signer = alice, ...given } = {}) {
      const used = given.nonce ?? (await nonce())
      return createProof(signer, { method, url, accessToken: token, nonce: used, now: clock.now() })
    },
    request,
    async send(sent) {
      const handler = ({ subject, jkt }: { subject: string; jkt: unknown }) =>
        Response.json({ sub: subject, jkt })
      const response = await answer(request(sent), sent.requirement ?? { scope: 'profile' }, handler)
      return readAnswer(response)
    },
  }
}

async function readAnswer(response: Response): Promise<Answer> {
  const body = (await response.json()) as Record<string, unknown>
  const challenges = parseChallenges(response.headers.get('www-authenticate') ?? '')
  const description =
    challenges.find(({ params }) => params.error)?.params.error_description ?? body.error_description
  const check = typeof description === 'string' ? description.split(': ')[0] : undefined
  return { status: response.status, headers: response.headers, body, challenges, check }
}
