import { type Finding, fail, PASS, shown } from '../verdict.ts'

/** Methods are compared exactly: `get` is another method than `GET` (RFC 9110 §9.1). */
export function methodMatch(htm: string, method: string): Finding {
  if (htm === method) return PASS
  return fail('The proof was made for another method.', {
    expected: method,
    received: shown(htm),
    ...(htm.toUpperCase() === method
      ? { hint: 'htm is case-sensitive: send the method as it is in the request.' }
      : {}),
  })
}
