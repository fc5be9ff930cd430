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
  return strictFault(text) ?? (value as JsonObject)
}

const QUOTE = 0x22
const COMMA = 0x2c
const BACKSLASH = 0x5c
const OPEN_ARRAY = 0x5b
const CLOSE_ARRAY = 0x5d
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d

/** Walks a text that JSON.parse took, without recursion, so that no depth can overflow the stack. */
function strictFault(text: string): string | undefined {
  /** The names seen in each open object; undefined for an open array. */
  const open: (Set<string> | undefined)[] = []
  let names: Set<string> | undefined
  let nameExpected = false
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case QUOTE: {
        const end = endOfString(text, at)
        if (nameExpected) {
          const name = memberName(text.slice(at, end + 1))
          if (names?.has(name)) return 'repeats a member'
          names?.add(name)
          nameExpected = false
        }
        at = end
        break
      }
      case OPEN_OBJECT:
      case OPEN_ARRAY:
        nameExpected = text.charCodeAt(at) === OPEN_OBJECT
        names = nameExpected ? new Set() : undefined
        open.push(names)
        if (open.length > DEEPEST) return 'is nested too deeply'
        break
      case CLOSE_OBJECT:
      case CLOSE_ARRAY:
        open.pop()
        names = open.at(-1)
        break
      case COMMA:
        nameExpected = names !== undefined
        break
    }
  }
  return undefined
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

function memberName(literal: string): string {
  return literal.includes('\\') ? (JSON.parse(literal) as string) : literal.slice(1, -1)
}
