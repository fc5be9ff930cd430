import { importVerify, parseBase64url } from '#signature'
import { type Awaitable, isPromise } from '../awaitable.ts'
import { splitCompactJws } from '../compact-jws.ts'
import type { KeyCache, KnownKey } from '../key/key-cache.ts'
import { isProofAlg, type ProofAlg } from '../key/proof-alg.ts'
import { type JudgedKey, judgeJwk, type PublicJwk } from '../key/public-jwk.ts'
import type { JsonObject } from '../parse-json-object.ts'
import { parseJsonSegment } from '../parse-json-segment.ts'
import type { Verify } from '../signature/signature.ts'
import { type Finding, fail, PASS } from '../verdict.ts'

/** A proof taken apart, as far as that goes, without believing any of it. What could not be read is undefined. */
export interface ProofReading {
  readonly text: string
  readonly wellformed: Finding
  readonly headerSegment: string
  readonly signingInput: string
  readonly header: JsonObject | undefined
  readonly claims: JsonObject | undefined
  readonly signature: Uint8Array<ArrayBuffer> | undefined
  /** Undefined where the alg is none that has keys. */
  readonly key: JudgedKey | undefined
  /** Imports the key at most once, and only when somebody asks. Undefined where the key is not sound; gives undefined where the platform refuses it. */
  readonly importKey: (() => Awaitable<Verify | undefined>) | undefined
  /** What the key cache holds under this very header segment. */
  readonly known: KnownKey | undefined
}

/** Splits and decodes. Nothing is decoded before the length and the number of segments are right; a known header segment is not decoded at all. */
export function readProofText(text: string, maxLength: number, keys?: KeyCache): ProofReading {
  if (text.length > maxLength) {
    const details = { expected: `at most ${maxLength} characters`, received: `${text.length}` }
    return unreadable(text, fail('The proof is too long.', details))
  }
  const segments = splitCompactJws(text)
  if (segments === undefined) {
    const details = { expected: 'three base64url segments with dots between them' }
    return unreadable(text, fail('The proof is not a compact JWS.', details))
  }
  const known = keys?.find(segments.header)
  const header = known === undefined ? parseJsonSegment(segments.header) : known.header
  const claims = parseJsonSegment(segments.payload)
  const signature = parseBase64url(segments.signature)
  const key = known === undefined ? keyIn(header) : { finding: PASS, publicJwk: known.publicJwk }
  return {
    text,
    wellformed: wellformedness(header, claims, signature),
    headerSegment: segments.header,
    signingInput: segments.signingInput,
    header: typeof header === 'string' ? undefined : header,
    claims: typeof claims === 'string' ? undefined : claims,
    signature,
    key,
    importKey: known === undefined ? importerOf(header, key) : () => known.verify,
    known,
  }
}

function unreadable(text: string, wellformed: Finding): ProofReading {
  const nothing = {
    header: undefined,
    claims: undefined,
    signature: undefined,
    key: undefined,
    importKey: undefined,
  }
  return { text, wellformed, headerSegment: '', signingInput: '', ...nothing, known: undefined }
}

function wellformedness(
  header: JsonObject | string,
  claims: JsonObject | string,
  signature: Uint8Array | undefined,
): Finding {
  if (typeof header === 'string') return fail(`The header ${header}.`)
  if (typeof claims === 'string') return fail(`The payload ${claims}.`)
  return signature === undefined ? fail('The signature is not canonical base64url.') : PASS
}

function keyIn(header: JsonObject | string): JudgedKey | undefined {
  return typeof header !== 'string' && isProofAlg(header.alg) ? judgeJwk(header.jwk, header.alg) : undefined
}

function importerOf(
  header: JsonObject | string,
  key: JudgedKey | undefined,
): (() => Awaitable<Verify | undefined>) | undefined {
  if (typeof header === 'string' || !isProofAlg(header.alg) || key?.publicJwk === undefined) return undefined
  const { publicJwk } = key
  const { alg } = header
  let imported: Awaitable<Verify | undefined>
  return () => {
    imported ??= importKey(publicJwk, alg)
    return imported
  }
}

function importKey(publicJwk: PublicJwk, alg: ProofAlg): Awaitable<Verify | undefined> {
  try {
    const imported = importVerify(publicJwk, alg)
    return isPromise(imported) ? Promise.resolve(imported).catch(() => undefined) : imported
  } catch {
    return undefined
  }
}
