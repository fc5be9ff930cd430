import { formatBase64url, formatBase64urlText, octetsOfAscii } from '#signature'
import { isPromise } from '../awaitable.ts'
import type { Signer } from '../key/signer.ts'
import { accessTokenHash } from './access-token-hash.ts'

/** The request a proof is made for. */
export interface ProofRequest {
  /** As it goes over the wire; `fetch` upper-cases the common ones. */
  readonly method: string
  /** The URL of the request; its query and fragment are left out of htu. */
  readonly url: string | URL
  /** The token that goes with the request, if one does: gives `ath`. */
  readonly accessToken?: string | undefined
  /** The newest nonce of that server. */
  readonly nonce?: string | undefined
  /** NumericDate; the system's clock by default. */
  readonly now?: number | undefined
  /** More claims. They cannot replace the ones that make a proof. */
  readonly claims?: Readonly<Record<string, unknown>> | undefined
}

/**
 * A new proof for one request. Make one for every attempt, retries included: a jti is good once.
 *
 * Rejects with TypeError for a URL that is not absolute http(s) and a `now` that is no time.
 * @see RFC 9449 §4.2
 */
export async function createProof(signer: Signer, request: ProofRequest): Promise<string> {
  const memo = memos.get(signer) ?? memoize(signer)
  const { accessToken } = request
  const ath =
    accessToken === undefined ? undefined : (knownHash(memo, accessToken) ?? (await hash(memo, accessToken)))
  const signingInput = `${memo.header}.${formatBase64urlText(payload(request, ath))}`
  const signing = signer.sign(octetsOfAscii(signingInput))
  return `${signingInput}.${formatBase64url(isPromise(signing) ? await signing : signing)}`
}

/** The claims as JSON, written by hand: for strings that need no escape this takes half the time of JSON.stringify. */
function payload(
  { method, url, nonce, now = Date.now() / 1000, claims }: ProofRequest,
  ath: string | undefined,
): string {
  if (!Number.isFinite(now)) throw new TypeError('now is a number of seconds')
  let members = `"jti":"${crypto.randomUUID()}","htm":${quoted(method)},"htu":${quoted(targetOf(url))},"iat":${Math.floor(now)}`
  if (ath !== undefined) members += `,"ath":"${ath}"`
  if (nonce !== undefined) members += `,"nonce":${quoted(nonce)}`
  return claims === undefined ? `{${members}}` : `{${members}${moreMembers(claims)}}`
}

/** What the caller adds, without the names that make a proof. */
function moreMembers(claims: Readonly<Record<string, unknown>>): string {
  const { jti, htm, htu, iat, ath, nonce, ...more } = claims
  const members = JSON.stringify(more).slice(1, -1)
  return members === '' ? '' : `,${members}`
}

function quoted(text: string): string {
  return /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/.test(text) ? `"${text}"` : JSON.stringify(text)
}

/** What stays the same from proof to proof of one key: its header segment, and the hash of the token it was last used with. */
interface Memo {
  readonly header: string
  hashed?: { readonly accessToken: string; readonly ath: string }
}

/** Weak: what is remembered of a signer goes with it. */
const memos = new WeakMap<Signer, Memo>()

function memoize(signer: Signer): Memo {
  const header = JSON.stringify({ typ: 'dpop+jwt', alg: signer.alg, jwk: signer.publicJwk })
  const memo = { header: formatBase64urlText(header) }
  memos.set(signer, memo)
  return memo
}

function knownHash({ hashed }: Memo, accessToken: string): string | undefined {
  return hashed?.accessToken === accessToken ? hashed.ath : undefined
}

async function hash(memo: Memo, accessToken: string): Promise<string> {
  const ath = await accessTokenHash(accessToken)
  memo.hashed = { accessToken, ath }
  return ath
}

/** Clean already, as `Request.url` is without its query; anything else goes through the URL parser, which is the one fetch uses. */
const PLAIN = /^https?:\/\/[a-z0-9.:[\]-]+\/[\x21\x24-\x3b\x3d\x40-\x5a\x5f\x61-\x7a\x7e]*$/

function targetOf(url: string | URL): string {
  if (typeof url === 'string' && PLAIN.test(url)) return url
  const target = new URL(url)
  if (target.protocol !== 'https:' && target.protocol !== 'http:')
    throw new TypeError('A proof is for an http(s) URL')
  return target.origin + target.pathname
}
