import { lookup as resolveName } from 'node:dns'
import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { parseJsonObject } from '@keybound/dpop'
import type { JWK } from 'jose'
import { isLoopbackHost } from '../loopback.ts'
import { isLoopbackAddress, isPublicAddress } from './is-public-address.ts'
import { judgeClientKey } from './judge-client-key.ts'

export interface FetchKeySetOptions {
  /** On a machine for trying things out: plain http and loopback addresses, for URLs that name the loopback. */
  readonly loopback: boolean
  /** Seconds and octets. */
  readonly limits?: { readonly connect: number; readonly total: number; readonly size: number }
  readonly resolve?: typeof resolveName
}

const usualLimits = { connect: 2, total: 5, size: 64 * 1024 }

/**
 * Fetches a JWK set whose URL a stranger chose. The address is judged after the name was resolved and is the one that is connected
 * to, so that no name can lead inside, not even by changing its mind. No redirect is followed, no proxy used, no connection kept.
 *
 * Throws Error for anything but a JWK set; keys that this server cannot use are left out.
 * @see RFC 7591 §5 · OWASP Server-Side Request Forgery Prevention
 */
export async function fetchKeySet(uri: string, options: FetchKeySetOptions): Promise<readonly JWK[]> {
  const url = new URL(uri)
  const inside = options.loopback && isLoopbackHost(url.hostname)
  if (url.protocol !== 'https:' && !(inside && url.protocol === 'http:')) throw new Error('Not an https URL')
  const isAllowed = inside ? isLoopbackAddress : isPublicAddress
  const literal = url.hostname.replace(/^\[|\]$/g, '')
  if (isIP(literal) && !isAllowed(literal)) throw new Error('Not a public address')

  const limits = options.limits ?? usualLimits
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest
  const outgoing = send(url, {
    agent: false,
    headers: { accept: 'application/jwk-set+json, application/json', 'user-agent': 'keybound' },
    lookup: judgingLookup(options.resolve ?? resolveName, isAllowed),
    signal: AbortSignal.timeout(limits.total * 1000),
  })
  const text = await answerOf(outgoing, limits)
  return keysIn(text)
}

/** Every address of the name has to be allowed: one bad one among good ones is an attempt. */
function judgingLookup(resolve: typeof resolveName, isAllowed: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, [])
      const [first] = addresses
      if (!first || !addresses.every(({ address }) => isAllowed(address))) {
        return callback(new Error('Not a public address'), [])
      }
      if (options.all) callback(null, addresses)
      else callback(null, first.address, first.family)
    })
  }
}

function answerOf(
  outgoing: ClientRequest,
  limits: { readonly connect: number; readonly size: number },
): Promise<string> {
  return new Promise((resolve, reject) => {
    const connecting = setTimeout(
      () => outgoing.destroy(new Error('No connection in time')),
      limits.connect * 1000,
    )
    outgoing.on('socket', (socket) => {
      socket.once('secureConnect', () => clearTimeout(connecting))
      socket.once('connect', () => {
        if (!('encrypted' in socket)) clearTimeout(connecting)
      })
    })
    outgoing.on('error', reject)
    outgoing.on('close', () => clearTimeout(connecting))
    outgoing.on('response', (incoming) => {
      bodyOf(incoming, limits.size).then(resolve, (error: Error) => {
        outgoing.destroy()
        reject(error)
      })
    })
    outgoing.end()
  })
}

async function bodyOf(incoming: IncomingMessage, limit: number): Promise<string> {
  if (incoming.statusCode !== 200) throw new Error(`Answered ${incoming.statusCode}`)
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > limit) throw new Error('Too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function keysIn(text: string): readonly JWK[] {
  const set = parseJsonObject(text)
  if (typeof set === 'string' || !Array.isArray(set.keys)) throw new Error('Not a JWK set')
  return set.keys.flatMap((jwk: unknown) => judgeClientKey(jwk).key ?? [])
}
