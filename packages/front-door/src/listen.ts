import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Resolves with the port. Rejects with an Error whose message can be shown to the person who started the program. */
export function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    function fail(error: NodeJS.ErrnoException): void {
      const why =
        error.code === 'EADDRINUSE'
          ? 'another program uses it'
          : `this process cannot have it (${error.code})`
      reject(new Error(`cannot listen on ${host} port ${port}: ${why}`, { cause: error }))
    }
    server.once('error', fail)
    server.listen(port, host, () => {
      server.off('error', fail)
      resolve((server.address() as AddressInfo).port)
    })
  })
}
