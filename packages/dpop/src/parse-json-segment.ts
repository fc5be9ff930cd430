import { formatBase64urlText, parseBase64url } from '#signature'
import { type JsonObject, parseJsonObject } from './parse-json-object.ts'

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })

/**
 * The JSON object that a segment of a JWS encodes, or the words that say why it encodes none. Lets no platform throw on what is plainly
 * no JSON object or no UTF-8: an error with its stack costs more than the rest of refusing noise.
 * @see RFC 7515 §2, §5.2
 */
export function parseJsonSegment(segment: string): JsonObject | string {
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
