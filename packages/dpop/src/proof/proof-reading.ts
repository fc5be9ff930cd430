import { importVerify } from '#signature'
import { parseBase64url } from '../base64url.ts'
import type { KeyCache, KnownKey } from '../key/key-cache.ts'
import { isProofAlg, type ProofAlg } from '../key/proof-alg.ts'
import { type JudgedKey, judgeJwk, type PublicJwk } from '../key/public-jwk.ts'
import { type JsonObject, parseJsonObject } from '../parse-json-object.ts'
import type { Awaitable, Verify } from '../signature/signature.ts'
import { type Finding, fail, PASS } from '../verdict.ts'

/** A proof taken apart, as far as that goes, without believing any of it. What could not be read is undefined. */
export interface ProofReading {
  readonly text: string
  readonly wellformed: Finding
  readonly header?: JsonObject
  readonly claims?: JsonObject
  readonly signature?: Uint8Array<ArrayBuffer>
  readonly headerSegment?: string
  /** Header and payload segments with the dot between them: what was signed. */
  readonly signingInput?: string
  /** Absent where the alg is none that has keys. */
  readonly key?: JudgedKey
  readonly importKey?: () => Awaitable<Verify | undefined>
  readonly known?: KnownKey | undefined
}

/** Splits and decodes. Nothing is decoded before the length and the number of segments are right; a known header segment is not decoded at all. */
export function readProofText(text: string, maxLength: number, keys?: KeyCache): ProofReading {
  if (text.length > maxLength) {
    return {
      text,
      wellformed: fail('The proof is too long.', {
        expected: `at most ${maxLength} characters`,
        received: `${text.length}`,
      }),
    }
  }
  const first = text.indexOf('.')
  const second = text.indexOf('.', first + 1)
  if (first <= 0 || second <= first + 1 || text.includes('.', second + 1)) {
    return {
      text,
      wellformed: fail('The proof is not a compact JWS.', {
        expected: 'three base64url segments with dots between them',
      }),
    }
  }
  const headerSegment = text.slice(0, first)
  const known = keys?.find(headerSegment)
  const header = known === undefined ? decodeObject(headerSegment) : { object: known.header }
  const claims = decodeObject(text.slice(first + 1, second))
  const signature = parseBase64url(text.slice(second + 1))

  const reading = { text, headerSegment, signingInput: text.slice(0, second), known }
  return {
    ...reading,
    wellformed: wellformedness(header, claims, signature),
    ...('object' in header ? { header: header.object } : {}),
    ...('object' in claims ? { claims: claims.object } : {}),
    ...(signature === undefined ? {} : { signature }),
    ...('object' in header ? keyIn(header.object, known) : {}),
  }
}

type Decoded = { object: JsonObject } | { fault: string }

function wellformedness(header: Decoded, claims: Decoded, signature: Uint8Array | undefined): Finding {
  if ('fault' in header) return fail(`The header ${header.fault}.`)
  if ('fault' in claims) return fail(`The payload ${claims.fault}.`)
  if (signature === undefined) return fail('The signature is not canonical base64url.')
  return PASS
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function decodeObject(segment: string): Decoded {
  const bytes = parseBase64url(segment)
  if (bytes === undefined) return { fault: 'is not canonical base64url' }
  let json: string
  try {
    json = utf8.decode(bytes)
  } catch {
    return { fault: 'is not UTF-8' }
  }
  return parseJsonObject(json)
}

type KeyPart = Pick<ProofReading, 'key' | 'importKey'>

function keyIn(header: JsonObject, known: KnownKey | undefined): KeyPart {
  if (known !== undefined)
    return { key: { finding: PASS, publicJwk: known.publicJwk }, importKey: () => known.verify }
  if (!isProofAlg(header.alg)) return {}
  const key = judgeJwk(header.jwk, header.alg)
  return key.publicJwk === undefined ? { key } : { key, importKey: importOnce(key.publicJwk, header.alg) }
}

/** Imports the key at most once, and only when somebody asks: this is the first step that costs. Undefined where the platform refuses the key. */
function importOnce(publicJwk: PublicJwk, alg: ProofAlg): () => Promise<Verify | undefined> {
  let imported: Promise<Verify | undefined> | undefined
  async function importKey(): Promise<Verify | undefined> {
    try {
      return await importVerify(publicJwk, alg)
    } catch {
      return undefined
    }
  }
  return () => {
    imported ??= importKey()
    return imported
  }
}
