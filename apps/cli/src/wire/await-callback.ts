import { createServer } from 'node:http'

/** A native client's redirect URI: a port of the loopback interface that is open only while it waits for the answer. */
export interface Callback {
  readonly redirectUri: string
  /** The parameters of the authorization response. */
  readonly answer: Promise<URLSearchParams>
  close(): void
}

/** @see RFC 8252 §7.3 */
export async function awaitCallback(): Promise<Callback> {
  let arrived: (answer: URLSearchParams) => void
  const answer = new Promise<URLSearchParams>((resolve) => {
    arrived = resolve
  })
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    const found = request.method === 'GET' && url.pathname === '/callback'
    response.writeHead(found ? 200 : 404, { 'content-type': 'text/plain', connection: 'close' })
    response.end(found ? 'You can close this window and go back to the terminal.' : 'Nothing here.')
    if (found) arrived(url.searchParams)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string')
    throw new TypeError('The loopback listener has no port')
  return {
    redirectUri: `http://127.0.0.1:${address.port}/callback`,
    answer,
    close: () => server.close().closeAllConnections(),
  }
}
