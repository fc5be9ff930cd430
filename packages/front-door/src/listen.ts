import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * Resolves with the port. Rejects with an Error whose message can be shown to the person who started the program.
 *
 * `backlog` connections may wait to be accepted. The system drops what is beyond, in silence, and its client tries again only after 1, 3, 7 and 15 s.
 */
export function listen(server: Server, host: string, port: number, backlog: number): Promise<number> {
  return new Promise((resolve, reject) => {
    function fail(error: NodeJS.ErrnoException): void {
      const why =
        error.code === 'EADDRINUSE'
          ? 'another program uses it'
          : `this process cannot have it (${error.code})`
      reject(new Error(`cannot listen on ${host} port ${port}: ${why}`, { cause: error }))
    }
    server.once('error', fail)
    server.listen({ port, host, backlog }, () => {
      server.off('error', fail)
      resolve((server.address() as AddressInfo).port)
    })
  })
}
