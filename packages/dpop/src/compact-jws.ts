/** The segments of a JWS in compact form, not yet decoded. */
export interface CompactJws {
  /** In base64url, as the other two. */
  readonly header: string
  readonly payload: string
  readonly signature: string
  /** Header and payload with the dot between them: what was signed. */
  readonly signingInput: string
}

/**
 * Takes a JWS in compact form apart, or gives undefined where it is not three segments with dots between them, the first two not empty.
 * Does not check: what is in the segments. An empty signature decodes to no octets, which no algorithm takes.
 * @see RFC 7515 §7.1
 */
export function splitCompactJws(text: string): CompactJws | undefined {
  const first = text.indexOf('.')
  const second = text.indexOf('.', first + 1)
  if (first <= 0 || second <= first + 1 || text.includes('.', second + 1)) return undefined
  return {
    header: text.slice(0, first),
    payload: text.slice(first + 1, second),
    signature: text.slice(second + 1),
    signingInput: text.slice(0, second),
  }
}
