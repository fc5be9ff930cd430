import { formatBase64urlText, importVerify, parseBase64url } from '#signature'
import { type Awaitable, isPromise } from '../awaitable.ts'
import type { KeyCache, KnownKey } from '../key/key-cache.ts'
import { isProofAlg, type ProofAlg } from '../key/proof-alg.ts'
import { type JudgedKey, judgeJwk, type PublicJwk } from '../key/public-jwk.ts'
import { type JsonObject, parseJsonObject } from '../parse-json-object.ts'
import type { Verify } from '../signature/signature.ts'
import { type Finding, fail, PASS } from '../verdict.ts'

/** A proof taken apart, as far as that goes, without believing any of it. What could not be read is undefined. */
export interface ProofReading {
  readonly text: string
  readonly wellformed: Finding
  readonly headerSegment: string
  /** Header and payload segments with the dot between them: what was signed. */
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
  const first = text.indexOf('.')
  const second = text.indexOf('.', first + 1)
  if (first <= 0 || second <= first + 1 || text.includes('.', second + 1)) {
    const details = { expected: 'three base64url segments with dots between them' }
    return unreadable(text, fail('The proof is not a compact JWS.', details))
  }
  const headerSegment = text.slice(0, first)
  const known = keys?.find(headerSegment)
  const header = known === undefined ? decodeObject(headerSegment) : known.header
  const claims = decodeObject(text.slice(first + 1, second))
  const signature = parseBase64url(text.slice(second + 1))
  const key = known === undefined ? keyIn(header) : { finding: PASS, publicJwk: known.publicJwk }
  return {
    text,
    wellformed: wellformedness(header, claims, signature),
    headerSegment,
    signingInput: text.slice(0, second),
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

/** A JSON object, or what is wrong with it. */
type Decoded = JsonObject | string

function wellformedness(header: Decoded, claims: Decoded, signature: Uint8Array | undefined): Finding {
  if (typeof header === 'string') return fail(`The header ${header}.`)
  if (typeof claims === 'string') return fail(`The payload ${claims}.`)
  return signature === undefined ? fail('The signature is not canonical base64url.') : PASS
}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })

/** Lets no platform throw on what is plainly no JSON object or no UTF-8: an error with its stack costs more than the rest of refusing noise. */
function decodeObject(segment: string): Decoded {
  const bytes = parseBase64url(segment)
  if (bytes === undefined) return 'is not canonical base64url'
  if (!beginsObject(bytes)) return 'is not a JSON object'
  const json = utf8.decode(bytes)
  // This character stands for whatever was no UTF-8, and then is not what came.
  if (json.includes('\ufffd') && formatBase64urlText(json) !== segment) return 'is not UTF-8'
  return parseJsonObject(json)
}

const OPEN_OBJECT = 0x7b
/** @see RFC 8259 §2 */
const WHITE_SPACE: readonly (number | undefined)[] = [0x20, 0x09, 0x0a, 0x0d]

function beginsObject(bytes: Uint8Array): boolean {
  let at = 0
  while (WHITE_SPACE.includes(bytes[at])) at++
  return bytes[at] === OPEN_OBJECT
}

function keyIn(header: Decoded): JudgedKey | undefined {
  return typeof header !== 'string' && isProofAlg(header.alg) ? judgeJwk(header.jwk, header.alg) : undefined
}

function importerOf(
  header: Decoded,
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
