import { parseBase64url } from '@keybound/dpop/server'
import { jsonFault } from './json-fault.ts'
import type { Fault } from './pasted.ts'

const names = ['header', 'payload', 'signature'] as const

/** The first character of a would-be compact JWS that cannot be right, or undefined. Says nothing of what the JWS means. */
export function jwtFault(jwt: string): Fault | undefined {
  const odd = jwt.search(/[^\w.-]/)
  if (odd >= 0) return { at: odd, says: oddity(jwt[odd] ?? '') }
  let at = 0
  for (const [index, segment] of jwt.split('.').entries()) {
    const name = names[index]
    if (name === undefined) return { at: at - 1, says: 'A compact JWS has two dots; this is a third.' }
    const fault = segmentFault(segment, name)
    if (fault) return { at: at + fault.at, says: fault.says }
    at += segment.length + 1
  }
  const dots = jwt.split('.').length - 1
  return dots === 2
    ? undefined
    : { at: jwt.length, says: `A compact JWS has two dots; after ${dots} it ends here.` }
}

function oddity(character: string): string {
  if (character === '=') return 'Padding: base64url in a JWS has none.'
  if (character === '+' || character === '/')
    return `${character} is standard base64; base64url has - and _ instead.`
  if (character === ',') return 'A comma: two header values were joined into one.'
  if (/\s/.test(character)) return 'A space or a line break in the middle of a JWT.'
  return 'No character of base64url.'
}

function segmentFault(segment: string, name: (typeof names)[number]): Fault | undefined {
  if (segment === '' && name !== 'signature') return { at: 0, says: `The ${name} is empty.` }
  const bytes = parseBase64url(segment)
  if (bytes === undefined) {
    const says =
      segment.length % 4 === 1
        ? `The ${name} ends in the middle of an octet: a character is missing or too many.`
        : `The last character of the ${name} has bits that mean nothing: another encoder would write it otherwise.`
    return { at: segment.length - 1, says }
  }
  if (name === 'signature') return undefined
  const json = new TextDecoder().decode(bytes)
  const fault = jsonFault(json)
  if (fault === undefined) return undefined
  const octets = new TextEncoder().encode(json.slice(0, fault)).length
  return {
    at: Math.min(segment.length - 1, Math.floor((octets * 4) / 3)),
    says: `The ${name} is not JSON: ${fault < json.length ? `character ${fault + 1}, ${JSON.stringify(json[fault])}, does not belong there` : 'it ends too early'}.`,
  }
}
