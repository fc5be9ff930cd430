import { badRequest, type Refusal } from './refusal.ts'

/**
 * Lets through a request target in origin form whose path has exactly one spelling, so that no framework behind can
 * read it as another path than a proof's htu, a log or a proxy did.
 *
 * 400 where the target is not origin form: no leading `/`, a fragment, a character outside printable ASCII.
 * 404 where the path is not canonical:
 *   - an empty segment (`//`), a dot segment (`.`, `..`); a single slash at the end is a path of its own and passes
 *   - a character that RFC 3986 does not allow in a path, the backslash above all
 *   - a percent-encoding that is broken, in lower-case hex, of an unreserved character (`%2E`, `%7E`), or not UTF-8
 *   - an encoded `/`, `\`, `%` or control character: RFC 3986 lets them stand, but no path here holds one, and a
 *     framework that decodes once too often would see a separator or a dot segment
 *
 * Does not check: the query.
 * @see RFC 9112 §3.2.1 · RFC 3986 §3.3, §6.2.2
 */
export function checkTarget(target: string): Refusal | undefined {
  if (!/^\/[\x21\x22\x24-\x7e]*$/.test(target)) {
    return badRequest('request.target', 'the request target must be in origin form: a path and a query')
  }
  const query = target.indexOf('?')
  const path = query === -1 ? target : target.slice(0, query)
  if (isCanonicalPath(path)) return undefined
  return {
    status: 404,
    error: 'not_found',
    rule: 'path.canonical',
    sentence: 'there is nothing under this spelling of a path',
  }
}

const pathCharacters = /^(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/]|%[0-9A-F]{2})*$/
const encodedUnreserved = /%(?:2D|2E|5F|7E|3\d|4[1-9A-F]|5[0-9A]|6[1-9A-F]|7[0-9A])/
const encodedSeparatorOrControl = /%(?:2F|5C|25|[01][0-9A-F]|7F)/
const emptyOrDotSegment = /\/(?:\/|\.{1,2}(?:\/|$))/

export function isCanonicalPath(path: string): boolean {
  return (
    path.startsWith('/') &&
    pathCharacters.test(path) &&
    !emptyOrDotSegment.test(path) &&
    !encodedUnreserved.test(path) &&
    !encodedSeparatorOrControl.test(path) &&
    decodes(path)
  )
}

function decodes(path: string): boolean {
  try {
    decodeURIComponent(path)
    return true
  } catch {
    return false
  }
}
