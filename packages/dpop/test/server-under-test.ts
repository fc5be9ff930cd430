import { decodeJwt } from 'jose'

export interface Received {
  readonly method: string
  readonly url: string
  readonly headers: Headers
  readonly body: string
  readonly proof: { jti: string; htm: string; htu: string; iat: number; nonce?: string; ath?: string }
}

/** A `fetch` that answers from a script and keeps what it received. The last answer is repeated. */
export function serverUnderTest(
  ...answers: (Response | ((received: Received) => Response | Promise<Response>))[]
) {
  const received: Received[] = []
  async function fetchIt(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
    const request = new Request(input, init)
    request.signal.throwIfAborted()
    const { method, url, headers } = request
    const proof = decodeJwt(headers.get('dpop') ?? '') as unknown as Received['proof']
    const one = { method, url, headers, body: await request.text(), proof }
    const answer = answers[Math.min(received.length, answers.length - 1)]
    received.push(one)
    if (answer === undefined) throw new TypeError('No answer')
    return typeof answer === 'function' ? answer(one) : answer.clone()
  }
  return { fetch: fetchIt as typeof fetch, received }
}

/** The challenge of a resource, or of a token endpoint. */
export function nonceChallenge(nonce: string, at: 'resource' | 'token endpoint' = 'resource'): Response {
  if (at === 'resource') {
    const headers = {
      'www-authenticate': 'Bearer, DPoP error="use_dpop_nonce", algs="ES256"',
      'dpop-nonce': nonce,
    }
    return new Response(null, { status: 401, headers })
  }
  return Response.json({ error: 'use_dpop_nonce' }, { status: 400, headers: { 'dpop-nonce': nonce } })
}

export function ok(headers: Record<string, string> = {}): Response {
  return new Response('ok', { headers })
}
