/** The header with which a browser asks a server to keep its exchanges, and to show them. */
export const traceHeader = 'keybound-trace'

/**
 * A trace id as its visitor made it, or undefined. At least 128 bits as base64url, since whoever knows it may read the trace.
 * Does not check: that it is random.
 */
export function parseTraceId(text: string | undefined): string | undefined {
  return text !== undefined && /^[\w-]{22,64}$/.test(text) ? text : undefined
}

/** A new trace id: 144 random bits. */
export function newTraceId(): string {
  const octets = crypto.getRandomValues(new Uint8Array(18))
  return btoa(String.fromCharCode(...octets))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
}
