import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { checkTarget } from './canonical-target.ts'
import { checkHeaders } from './check-headers.ts'
import { trackConnections } from './connections.ts'
import { dropHeaders } from './drop-headers.ts'
import { hasBody, holdBody } from './hold-body.ts'
import { inTurns } from './in-turns.ts'
import { limitInFlight, probesBelow, tooBusy } from './limit-in-flight.ts'
import { limitedServer } from './limited-server.ts'
import { defaultLimits, type Limits } from './limits.ts'
import { listen } from './listen.ts'
import { badRequest, putOff, type Refusal, refuse, refuseOnSocket } from './refusal.ts'
import { headerTooLarge, refuseMalformed } from './refuse-malformed.ts'
import { trustedProxies } from './trusted-proxies.ts'

export interface FrontDoorOptions {
  /** Called once per request that was let in, its body complete. */
  readonly handler: (req: IncomingMessage, res: ServerResponse) => unknown
  /** Shown every request whose header could be read and that was not put off: what is refused here is seen by no handler. */
  readonly onRequest?: (req: IncomingMessage, res: ServerResponse) => void
  /** Told of every request that was put off (503) because as many as may be are worked on. */
  readonly onPutOff?: () => void
  readonly host: string
  /** 0 picks a free one. */
  readonly port: number
  /** Where the paths of the app begin, without a slash at its end; the root by default. Its probes are always let in, there and at the root. */
  readonly basePath?: string
  readonly limits?: Partial<Limits>
  /** Addresses or CIDR blocks whose forwarding headers are passed on; nobody's by default. */
  readonly trustedProxies?: readonly string[]
  /** Told what a handler threw (the client gets a 500 without details) and what the listening socket reports. */
  readonly onFault?: (fault: unknown) => void
  /** For a development server's hot reload alone: without it nothing is upgraded. */
  readonly upgrade?: (req: IncomingMessage, socket: Socket, head: Buffer) => unknown
  /** Seconds since 1970; dates the answers that Node does not date itself. */
  readonly clock?: () => number
}

export interface FrontDoor {
  readonly port: number
  readonly url: string
  /** Stops listening and resolves when every answer under way is sent, or after `drainTimeout`. */
  close(): Promise<void>
}

/**
 * One node:http server in front of an app. What a framework hides or repairs is refused here: repeated Authorization, DPoP and Host
 * lines, targets that are not a canonical path, upgrades, oversized headers and bodies. Forwarding headers that no trusted
 * proxy sent are dropped. More requests than can be worked on at once are put off (503). Every refusal is JSON `{ error, error_description }`
 * and ends the connection, save the last one.
 *
 * Rejects with an Error that names host and port when the port is taken or may not be used.
 * Does not check: anything that needs to know the route, the credentials or the meaning of a body.
 */
export async function openFrontDoor(options: FrontDoorOptions): Promise<FrontDoor> {
  const limits = { ...defaultLimits, ...options.limits }
  const clock = options.clock ?? (() => Date.now() / 1000)
  const isTrusted = trustedProxies(options.trustedProxies ?? [])
  const server = limitedServer(limits)
  const connections = trackConnections(server)
  const inFlight = limitInFlight(limits.requestsInFlight)
  const probes = probesBelow(options.basePath ?? '')
  let turnedAway = 0
  const begin = inTurns(() => {
    const due = Math.ceil(turnedAway / putOffsForOne)
    turnedAway = 0
    return Math.max(inFlight.room(), due)
  })

  function check(req: IncomingMessage): Refusal | undefined {
    if (req.rawHeaders.length > 2 * limits.headerLines) return headerTooLarge
    return checkHeaders(req.rawHeaders) ?? checkTarget(req.url ?? '')
  }

  function admit(req: IncomingMessage, res: ServerResponse): void {
    connections.owe(res)
    const refusal = check(req) ?? checkUpgrade(req)
    const bodyFollows = hasBody(req)
    // Before anybody spends more on it. One with a body has to be read first, so that its connection can stay.
    if (!refusal && !bodyFollows && !probes.has(req.url) && inFlight.room() <= 0) {
      turnAway(res)
      return
    }
    options.onRequest?.(req, res)
    if (refusal) {
      refuse(req, res, refusal)
      return
    }
    dropHeaders(req, isTrusted(req.socket.remoteAddress))
    if (!bodyFollows) {
      handle(req, res)
      return
    }
    holdBody(req, limits.bodyBytes, {
      arrived: () => handle(req, res),
      tooLarge: () => refuse(req, res, bodyTooLarge(limits.bodyBytes)),
    })
  }

  function handle(req: IncomingMessage, res: ServerResponse): void {
    if (probes.has(req.url)) work(req, res)
    else if (inFlight.mayEnter(res)) begin(() => work(req, res))
    else turnAway(res)
  }

  function turnAway(res: ServerResponse): void {
    turnedAway += 1
    options.onPutOff?.()
    putOff(res, tooBusy, 1)
  }

  function work(req: IncomingMessage, res: ServerResponse): void {
    new Promise((resolve) => resolve(options.handler(req, res))).catch((fault: unknown) => {
      options.onFault?.(fault)
      if (res.headersSent) res.destroy()
      else refuse(req, res, brokenHandler)
    })
  }

  server.on('request', admit)
  server.on('checkContinue', (req, res) => {
    admit(req, res)
    if (!res.headersSent) res.writeContinue()
  })
  server.on('checkExpectation', (req, res) => {
    connections.owe(res)
    refuse(req, res, strangeExpectation)
  })
  server.on('connect', (_req: IncomingMessage, socket: Socket) => {
    refuseOnSocket(socket, noProxy, clock())
  })
  const { upgrade } = options
  // Without a listener Node reads such a request as any other, its body too.
  if (upgrade) {
    server.on('upgrade', (req: IncomingMessage, socket: Socket, head: Buffer) => {
      const refusal = check(req)
      if (refusal) refuseOnSocket(socket, refusal, clock())
      else upgrade(req, socket, head)
    })
  }
  refuseMalformed(server, connections, clock)

  const port = await listen(server, options.host, options.port, limits.connections)
  // Such as no file descriptor left for the next connection: that one is lost, the server stays.
  server.on('error', (fault) => options.onFault?.(fault))
  const host = options.host.includes(':') ? `[${options.host}]` : options.host
  return { port, url: `http://${host}:${port}`, close: () => connections.drain(limits.drainTimeout) }
}

/** Java's HttpClient offers HTTP/2 with its first request, and takes HTTP/1.1 for an answer (RFC 9110 §7.8). Any other protocol is refused. */
function checkUpgrade({ headers }: IncomingMessage): Refusal | undefined {
  return headers.upgrade === undefined || headers.upgrade.toLowerCase() === 'h2c' ? undefined : noUpgrade
}

/** Putting so many off costs about as much as serving one: neither shall keep the server from the other. */
const putOffsForOne = 16

const noProxy = badRequest('request.target', 'this server is no proxy')
const noUpgrade = badRequest('request.upgrade', 'this server speaks HTTP/1.1 and upgrades to nothing else')

const strangeExpectation: Refusal = {
  status: 417,
  error: 'invalid_request',
  rule: 'request.expect',
  sentence: 'the only expectation met here is 100-continue',
}

const brokenHandler: Refusal = {
  status: 500,
  error: 'server_error',
  rule: 'server.fault',
  sentence: 'something broke on this side',
}

function bodyTooLarge(limit: number): Refusal {
  const sentence = `the body is larger than ${limit} bytes`
  return { status: 413, error: 'invalid_request', rule: 'body.size', sentence }
}
