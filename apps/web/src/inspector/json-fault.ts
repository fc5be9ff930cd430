const string = /"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy
const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y
const space = /[ \t\n\r]*/y

/**
 * The index of the first character at which the text stops being JSON (its length where it ends too early), or undefined where it is JSON.
 * JSON.parse decides what is JSON everywhere else; its messages differ from engine to engine, and this only finds the place to point at.
 */
export function jsonFault(text: string): number | undefined {
  let at = 0
  const fault = value(0)
  if (fault !== undefined) return fault
  skip()
  return at < text.length ? at : undefined

  function value(depth: number): number | undefined {
    skip()
    const opener = text[at]
    if (opener === '{' || opener === '[') return depth > 200 ? at : list(opener, depth)
    return take(string) || take(scalar) ? undefined : stringFault()
  }

  function list(opener: '{' | '[', depth: number): number | undefined {
    const closer = opener === '{' ? '}' : ']'
    at++
    skip()
    if (takeMark(closer)) return undefined
    for (;;) {
      if (opener === '{') {
        skip()
        if (!take(string)) return stringFault()
        skip()
        if (!takeMark(':')) return at
      }
      const inner = value(depth + 1)
      if (inner !== undefined) return inner
      skip()
      if (takeMark(closer)) return undefined
      if (!takeMark(',')) return at
    }
  }

  /** Inside a string that was begun, where it goes wrong; otherwise right here. */
  function stringFault(): number {
    if (text[at] !== '"') return at
    const begun = /"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*/uy
    begun.lastIndex = at
    begun.exec(text)
    return begun.lastIndex
  }

  function skip(): void {
    take(space)
  }

  function takeMark(mark: string): boolean {
    if (text[at] !== mark) return false
    at++
    return true
  }

  function take(pattern: RegExp): boolean {
    pattern.lastIndex = at
    const found = pattern.test(text)
    if (found) at = pattern.lastIndex
    return found
  }
}
