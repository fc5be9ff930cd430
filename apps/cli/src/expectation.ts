/** A step that did not go as it should: the walk ends here, with this sentence. */
export class NotAsExpected extends Error {
  override readonly name = 'NotAsExpected'
}

/** Throws NotAsExpected unless both are the same. Only for values that may be shown: no token, no secret. */
export function expectSame(what: string, received: unknown, expected: unknown): void {
  if (Object.is(received, expected)) return
  throw new NotAsExpected(`${what} should be ${shown(expected)}, but is ${shown(received)}`)
}

/** The text member of a JSON object. Throws NotAsExpected where there is none. */
export function expectText(what: string, object: Record<string, unknown>, member: string): string {
  const value = object[member]
  if (typeof value === 'string' && value !== '') return value
  throw new NotAsExpected(`${what} should have a "${member}", but has none`)
}

/** The JSON object of an answer. Throws NotAsExpected where the body is something else. */
export async function expectObject(what: string, response: Response): Promise<Record<string, unknown>> {
  const text = await response.text()
  try {
    const value: unknown = JSON.parse(text)
    if (isObject(value)) return value
  } catch {
    // Reported below, like every other body that is no object.
  }
  throw new NotAsExpected(`${what} should be a JSON object, but is ${shown(text.slice(0, 80))}`)
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function shown(value: unknown): string {
  return value === undefined ? 'missing' : JSON.stringify(value)
}
