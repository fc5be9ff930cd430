import { formatBase64url } from '../base64url.ts'
import type { Signer } from '../key/signer.ts'
import { accessTokenHash } from './access-token-hash.ts'

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
 * Rejects with TypeError for a URL that is not absolute http(s).
 * @see RFC 9449 §4.2
 */
export async function createProof(signer: Signer, request: ProofRequest): Promise<string> {
  const { accessToken, nonce, claims } = request
  const payload = JSON.stringify({
    ...claims,
    jti: crypto.randomUUID(),
    htm: request.method,
    htu: targetOf(request.url),
    iat: Math.floor(request.now ?? Date.now() / 1000),
    ...(accessToken === undefined ? {} : { ath: await hashFor(signer, accessToken) }),
    ...(nonce === undefined ? {} : { nonce }),
  })
  const signingInput = `${headerSegmentOf(signer)}.${formatBase64url(encoder.encode(payload))}`
  const signature = await signer.sign(encoder.encode(signingInput))
  return `${signingInput}.${formatBase64url(signature)}`
}

const encoder = new TextEncoder()

/** What stays the same from proof to proof of one key: its header, and the hash of the token it is mostly used with. Vanishes with the signer. */
interface Memo {
  readonly headerSegment: string
  hashed?: { readonly accessToken: string; readonly ath: string }
}

const memos = new WeakMap<Signer, Memo>()

function memoOf(signer: Signer): Memo {
  let memo = memos.get(signer)
  if (memo === undefined) {
    const header = JSON.stringify({ typ: 'dpop+jwt', alg: signer.alg, jwk: signer.publicJwk })
    memo = { headerSegment: formatBase64url(encoder.encode(header)) }
    memos.set(signer, memo)
  }
  return memo
}

function headerSegmentOf(signer: Signer): string {
  return memoOf(signer).headerSegment
}

async function hashFor(signer: Signer, accessToken: string): Promise<string> {
  const memo = memoOf(signer)
  if (memo.hashed?.accessToken !== accessToken) {
    memo.hashed = { accessToken, ath: await accessTokenHash(accessToken) }
  }
  return memo.hashed.ath
}

/** Clean already, as `Request.url` is; anything else goes through the URL parser, which is the one fetch uses. */
const PLAIN = /^https?:\/\/[a-z0-9.:[\]-]+\/[\x21\x24-\x3b\x3d\x40-\x5a\x5f\x61-\x7a\x7e]*$/

function targetOf(url: string | URL): string {
  if (typeof url === 'string' && PLAIN.test(url)) return url
  const target = new URL(url)
  if (target.protocol !== 'https:' && target.protocol !== 'http:')
    throw new TypeError('A proof is for an http(s) URL')
  return target.origin + target.pathname
}
