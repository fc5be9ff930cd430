import type { Exchange, HeaderLines } from './exchange.ts'

const jwt = /eyJ[\w-]*\.[\w-]+\.[\w-]*/g
const opaque = /\b(?:code|rt|ws)_[\w-]{8,}/g
const secretParameters =
  /\b(code|code_verifier|refresh_token|access_token|id_token|client_assertion|token)=[^&\s]*/g

/** The exchange without tokens, proofs, codes and verifiers: of each JWT its length remains. For pages that a server renders, and for exports. */
export function redact(exchange: Exchange): Exchange {
  const { request, response } = exchange
  return {
    ...exchange,
    request: {
      ...request,
      url: redactText(request.url),
      headers: redactLines(request.headers),
      ...(request.body === undefined ? {} : { body: redactText(request.body) }),
    },
    ...(response && {
      response: {
        ...response,
        headers: redactLines(response.headers),
        ...(response.body === undefined ? {} : { body: redactText(response.body) }),
      },
    }),
  }
}

function redactLines(lines: HeaderLines): HeaderLines {
  return lines.map(([name, value]) => [name, redactText(value)] as const)
}

export function redactText(text: string): string {
  return text
    .replace(secretParameters, (_, name: string) => `${name}=[redacted]`)
    .replace(jwt, (token) => `[JWT, ${token.length} characters]`)
    .replace(opaque, '[redacted]')
}
