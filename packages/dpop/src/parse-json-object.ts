export type JsonObject = { readonly [member: string]: unknown }

const DEEPEST = 32

/**
 * A JSON object, or the sentence that says why the text is none. Stricter than JSON.parse: a member that occurs twice at any
 * level, whatever its escapes, is refused (two readers could see two proofs), and so is nesting beyond 32 levels.
 * @see RFC 8259 §4 · RFC 7515 §4
 */
export function parseJsonObject(text: string): { object: JsonObject } | { fault: string } {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { fault: 'is not JSON' }
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { fault: 'is not a JSON object' }
  const fault = strictFault(text)
  return fault === undefined ? { object: value as JsonObject } : { fault }
}

/** Walks a text that JSON.parse took, without recursion, so that no depth can overflow the stack. */
function strictFault(text: string): string | undefined {
  /** The names seen in each open object; undefined for an open array. */
  const open: (Set<string> | undefined)[] = []
  let nameExpected = false
  for (let at = 0; at < text.length; at++) {
    switch (text[at]) {
      case '"': {
        const start = at
        at = endOfString(text, at)
        if (nameExpected) {
          const name = JSON.parse(text.slice(start, at + 1)) as string
          const names = open.at(-1)
          if (names?.has(name)) return 'repeats a member'
          names?.add(name)
          nameExpected = false
        }
        break
      }
      case '{':
        open.push(new Set())
        nameExpected = true
        break
      case '[':
        open.push(undefined)
        nameExpected = false
        break
      case '}':
      case ']':
        open.pop()
        break
      case ',':
        nameExpected = open.at(-1) !== undefined
        break
    }
    if (open.length > DEEPEST) return 'is nested too deeply'
  }
  return undefined
}

/** The position of the quote that ends the string that begins at `start`. */
function endOfString(text: string, start: number): number {
  let at = start + 1
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return at
}
