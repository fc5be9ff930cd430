export interface DecodedProof {
  readonly header: Readonly<Record<string, unknown>>
  readonly payload: Readonly<Record<string, unknown>>
  readonly signature: string
}

/** Takes a proof apart to show it. Undefined where that is not possible. Does not check anything: explainProof does. */
export function decodeProof(proofJwt: string): DecodedProof | undefined {
  const [header, payload, signature, ...rest] = proofJwt.split('.')
  if (header === undefined || payload === undefined || signature === undefined || rest.length > 0)
    return undefined
  const decodedHeader = decodeSegment(header)
  const decodedPayload = decodeSegment(payload)
  return decodedHeader && decodedPayload && { header: decodedHeader, payload: decodedPayload, signature }
}

/** The payload of a JWT that this app may look into, because it is its own teaching example. */
export function decodePayload(jwt: string): Readonly<Record<string, unknown>> | undefined {
  return decodeSegment(jwt.split('.')[1] ?? '')
}

/** The JSON object of one segment. Undefined where there is none. Does not check anything. */
export function decodeSegment(segment: string): Record<string, unknown> | undefined {
  try {
    const bytes = Uint8Array.from(atob(segment.replaceAll('-', '+').replaceAll('_', '/')), (c) =>
      c.charCodeAt(0),
    )
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes))
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}
