import type { TestKey } from '../keys/test-keys.ts'
import { testKeys } from '../keys/test-keys.ts'
import type { Random } from './random.ts'
import { sha256 } from './sign.ts'

/** What the receiving server knows, in the words of both verifiers. Times are NumericDates. */
export interface DraftExpectation {
  method: string
  url: string
  accessToken?: string
  /** Whether the server asks for nonces; then the good proof carries one that it supplied. */
  nonces: boolean
  /** By what the server judges the age of a proof, where it asks for nonces. */
  freshness: 'iat' | 'nonce' | 'both'
  now: number
}

/** A proof in the making: mutations change its parts before it is signed, or its text afterwards. */
export interface Draft {
  header: Record<string, unknown>
  claims: Record<string, unknown>
  /** Signs; `jwk` in the header normally is its public half. */
  key: TestKey
  expected: DraftExpectation
  /** Changes to the JSON text of a part, before it is encoded. */
  readonly headerText: ((json: string) => string)[]
  readonly claimsText: ((json: string) => string)[]
  readonly signature: ((bytes: Buffer) => Buffer)[]
  /** Changes to the three encoded parts joined by dots, after signing. */
  readonly text: ((proof: string) => string)[]
}

export const start = 1_767_225_600
export const lifetime = 10
export const tolerance = 10

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'M-SEARCH', 'get'] as const
const urls = [
  'https://server.example.com/token',
  'https://resource.example.org/protectedresource',
  'http://localhost:4001/api/profile',
  'https://api.example.test:8443/v1/a/b/c',
  'https://example.test/',
  'https://[::1]:8443/x',
  'https://xn--bcher-kva.example/b%C3%BCcher/~user/a%2Fb',
  'https://127.0.0.1/t;p=1/a=b,c',
] as const
const keys = [
  testKeys.ES256,
  testKeys.ES256,
  testKeys.ES256,
  testKeys.otherES256,
  testKeys.otherES256,
  testKeys.Ed25519,
  testKeys.otherEd25519,
  testKeys.PS256,
] as const

/** A proof that every conforming server accepts. `nonce` is one that it supplied lately. */
export function goodDraft(random: Random, nonce: string): Draft {
  const key = random.pick(keys)
  const expected: DraftExpectation = {
    method: random.pick(methods),
    url: random.pick(urls),
    nonces: random.chance(0.5),
    freshness: random.pick(['both', 'both', 'iat', 'nonce']),
    now: start,
  }
  const anyClock = expected.nonces && expected.freshness === 'nonce'
  if (random.chance(0.6)) expected.accessToken = random.text(random.int(1, 60))
  const claims: Record<string, unknown> = {
    jti: random.text(random.int(16, 40)),
    htm: expected.method,
    htu: expected.url,
    iat: start + (anyClock ? random.int(-(10 ** 6), 10 ** 6) : random.int(-lifetime - tolerance, tolerance)),
  }
  if (expected.accessToken !== undefined) claims.ath = sha256(expected.accessToken)
  if (expected.nonces) claims.nonce = nonce
  return {
    header: {
      typ: 'dpop+jwt',
      alg: key.alg === 'Ed25519' && random.chance(0.5) ? 'EdDSA' : key.alg,
      jwk: { ...key.publicJwk },
    },
    claims,
    key,
    expected,
    headerText: [],
    claimsText: [],
    signature: [],
    text: [],
  }
}
