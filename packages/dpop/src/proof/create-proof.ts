import { isPromise } from '../awaitable.ts'
import { base64urlLength, writeBase64url } from '../base64url.ts'
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
 * Rejects with TypeError for a URL that is not absolute http(s), or a signer that returns what cannot be a signature of its alg.
 * @see RFC 9449 §4.2
 */
export async function createProof(signer: Signer, request: ProofRequest): Promise<string> {
  const memo = memos.get(signer) ?? memoize(signer)
  const { accessToken } = request
  const ath =
    accessToken === undefined ? undefined : (knownHash(memo, accessToken) ?? (await hash(memo, accessToken)))
  const claims = {
    jti: crypto.randomUUID(),
    htm: request.method,
    htu: targetOf(request.url),
    iat: Math.floor(request.now ?? Date.now() / 1000),
    ath,
    nonce: request.nonce,
  }
  const payload = JSON.stringify(request.claims === undefined ? claims : { ...request.claims, ...claims })
  const { codes, length } = withPayload(memo, encoder.encode(payload))
  const signing = signer.sign(codes.subarray(0, length))
  return withSignature(codes, length, isPromise(signing) ? await signing : signing)
}

const encoder = new TextEncoder()
const ascii = new TextDecoder()
const DOT = 0x2e

/** Header, dot and payload as ASCII codes, with room behind them for the signature: the proof is written once and read out once. */
function withPayload(memo: Memo, payload: Uint8Array): { codes: Uint8Array<ArrayBuffer>; length: number } {
  const { header, room } = memo
  const codes = new Uint8Array(header.length + 2 + base64urlLength(payload.length) + room)
  codes.set(header)
  codes[header.length] = DOT
  return { codes, length: writeBase64url(payload, codes, header.length + 1) }
}

function withSignature(codes: Uint8Array, length: number, signature: Uint8Array): string {
  if (length + 1 + base64urlLength(signature.length) > codes.length)
    throw new TypeError('The signature is too long for its alg')
  codes[length] = DOT
  return ascii.decode(codes.subarray(0, writeBase64url(signature, codes, length + 1)))
}

/** What stays the same from proof to proof of one key: its header, and the hash of the token it was last used with. */
interface Memo {
  /** In base64url, as ASCII codes. */
  readonly header: Uint8Array
  /** Characters that the longest signature of its alg takes. */
  readonly room: number
  hashed?: { readonly accessToken: string; readonly ath: string }
}

/** Weak: what is remembered of a signer goes with it. */
const memos = new WeakMap<Signer, Memo>()

function memoize(signer: Signer): Memo {
  const json = encoder.encode(JSON.stringify({ typ: 'dpop+jwt', alg: signer.alg, jwk: signer.publicJwk }))
  const header = new Uint8Array(base64urlLength(json.length))
  writeBase64url(json, header, 0)
  const memo = { header, room: base64urlLength(signer.alg === 'PS256' ? 512 : 132) }
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
