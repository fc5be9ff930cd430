/** An object as JSON.parse made it: nothing is known of its members. */
export type JsonObject = { readonly [member: string]: unknown }

const DEEPEST = 32

/**
 * A JSON object, or the words that say why the text is none. Stricter than JSON.parse: a member that occurs twice at any
 * level, whatever its escapes, is refused (two readers could see two proofs), and so is nesting beyond 32 levels.
 * @see RFC 8259 §4 · RFC 7515 §4
 */
export function parseJsonObject(text: string): JsonObject | string {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return 'is not JSON'
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'is not a JSON object'
  return strictFault(text, value) ?? (value as JsonObject)
}

const QUOTE = 0x22
const COLON = 0x3a
const BACKSLASH = 0x5c
const OPEN_ARRAY = 0x5b
const CLOSE_ARRAY = 0x5d
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d

/** Walks a text that JSON.parse took. Of a member that occurs twice JSON.parse keeps one, so that the text then has more members than its value. */
function strictFault(text: string, value: object): string | undefined {
  let depth = 0
  let members = 0
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case QUOTE:
        at = endOfString(text, at)
        break
      case COLON:
        members++
        break
      case OPEN_OBJECT:
      case OPEN_ARRAY:
        if (++depth > DEEPEST) return 'is nested too deeply'
        break
      case CLOSE_OBJECT:
      case CLOSE_ARRAY:
        depth--
        break
    }
  }
  return members === membersIn(value) ? undefined : 'repeats a member'
}

/** The position of the quote that ends the string that begins at `start`. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1)
  while (isEscaped(text, end)) end = text.indexOf('"', end + 1)
  return end
}

/** Whether an odd number of backslashes stands before the quote. */
function isEscaped(text: string, quote: number): boolean {
  let before = quote - 1
  while (text.charCodeAt(before) === BACKSLASH) before--
  return (quote - before) % 2 === 0
}

/** The members of all objects in the value, which is nested no deeper than DEEPEST. */
function membersIn(value: object): number {
  const inner: unknown[] = Object.values(value)
  let members = Array.isArray(value) ? 0 : inner.length
  for (const each of inner) if (typeof each === 'object' && each !== null) members += membersIn(each)
  return members
}
