/** Set by the listener on every request, over whatever the client sent; the answer carries it too. */
export const correlationHeader = 'x-correlation-id'

export function correlationIdOf(request: { readonly headers: Pick<Headers, 'get'> }): string {
  return request.headers.get(correlationHeader) ?? crypto.randomUUID()
}
