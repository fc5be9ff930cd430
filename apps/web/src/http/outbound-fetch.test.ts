import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { outboundFetch } from './outbound-fetch.ts'

const servers: ReturnType<typeof createServer>[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections()
})

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1')
  servers.push(server)
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

describe('a call of the web app to a server', () => {
  it('follows no redirect, which would carry a token or a proof to elsewhere (OPS-34)', async () => {
    let asked = 0
    const elsewhere = await serve((_, res) => {
      asked += 1
      res.end()
    })
    const url = await serve((_, res) => res.writeHead(307, { location: elsewhere }).end())
    await expect(outboundFetch(url, { method: 'POST', body: 'code=x' })).rejects.toThrow(TypeError)
    expect(asked).toBe(0)
  })

  it('reads 64 KB, and not a byte more, however they come (OPS-34)', async () => {
    const limit = 64 * 1024
    const url = await serve((req, res) => res.end('x'.repeat(Number(req.url?.slice(1)))))
    expect(await (await outboundFetch(`${url}/${limit}`)).text()).toHaveLength(limit)
    await expect(outboundFetch(`${url}/${limit + 1}`)).rejects.toThrow('larger than 64 KB')
  })

  it('ends when its caller does', async () => {
    const url = await serve(() => {})
    const gone = AbortSignal.abort()
    await expect(outboundFetch(url, { signal: gone })).rejects.toThrow('aborted')
  })
})
