import { request as httpRequest } from 'node:http'
import type { Exchange, HeaderLines } from '@keybound/exchange'
import type { Clock } from '@keybound/oauth'

export interface Message {
  readonly method: string
  readonly url: string
  /** As they go over the wire: a name may stand twice. */
  readonly headers: HeaderLines
  readonly body?: string
}

/**
 * Sends bytes that no browser would send, on a connection of their own, and notes the exchange. Never rejects: a connection that ends without an answer is
 * an exchange without one.
 */
export function send(
  message: Message,
  { about, clock }: { readonly about: Pick<Exchange, 'step' | 'from' | 'to'>; readonly clock: Clock },
): Promise<Exchange> {
  const sentAt = clock()
  const noted = { id: crypto.randomUUID(), ...about, request: message }
  const began = performance.now()
  const timings = () => ({ sentAt, took: (performance.now() - began) / 1000 })
  return new Promise((resolve) => {
    const lost = (fault: Error) => resolve({ ...noted, fault: fault.message, timings: timings() })
    const outgoing = httpRequest(message.url, { method: message.method, agent: false }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part) => parts.push(part))
      response.on('error', lost)
      response.on('end', () => {
        const body = Buffer.concat(parts).toString('utf8')
        const headers = pairs(response.rawHeaders)
        const answer = { status: response.statusCode ?? 0, headers, ...(body !== '' && { body }) }
        resolve({ ...noted, response: answer, timings: timings() })
      })
    })
    outgoing.on('error', lost)
    for (const [name, value] of message.headers) outgoing.appendHeader(name, value)
    outgoing.end(message.body)
  })
}

function pairs(raw: readonly string[]): HeaderLines {
  return raw.flatMap((name, at) => (at % 2 === 0 ? [[name, raw[at + 1] ?? ''] as const] : []))
}
