import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import type { Connections } from './connections.ts'
import { badRequest, type Refusal, refuseOnSocket } from './refusal.ts'

/** Answers what Node's parser refuses, and requests that do not arrive in time; where an answer has begun, only ends the connection. */
export function refuseMalformed(server: Server, connections: Connections, clock: () => number): void {
  const refused = new WeakSet<Socket>()
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    if (refused.has(socket)) return
    refused.add(socket)
    if (error.code === 'ECONNRESET' || !socket.writable || connections.isAnswering(socket)) socket.destroy()
    else refuseOnSocket(socket, refusalOf(error.code), clock())
  })
}

function refusalOf(code: string | undefined): Refusal {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return headerTooLarge
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return tooSlow
    default:
      return badRequest('request.malformed', 'this is not a well-formed HTTP/1.1 request')
  }
}

export const headerTooLarge: Refusal = {
  status: 431,
  error: 'invalid_request',
  rule: 'header.size',
  sentence: 'the header block is larger than this server reads',
}

const tooSlow: Refusal = {
  status: 408,
  error: 'invalid_request',
  rule: 'request.timeout',
  sentence: 'the request did not arrive in time',
}
