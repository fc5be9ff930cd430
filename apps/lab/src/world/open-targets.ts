import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Clock } from '@keybound/oauth'
import { answerWorld } from './answer-world.ts'
import { createWorlds, type Worlds } from './worlds.ts'

export interface Targets {
  readonly worlds: Worlds
  readonly origin: string
  close(): Promise<void>
}

/** The only servers that an attack is ever sent to: on loopback, on a port of the system's choice, without a front door that would help. */
export async function openTargets(
  clock: Clock,
  onRequest?: (req: IncomingMessage, res: ServerResponse) => void,
): Promise<Targets> {
  const server = createServer({ maxHeaderSize: 16 * 1024 }, (req, res) => {
    onRequest?.(req, res)
    answer(req, res).catch(() => res.destroy())
  })
  const worlds = createWorlds({ origin: () => origin, clock })
  await new Promise<void>((done, failed) => {
    server.once('error', failed)
    server.listen(0, '127.0.0.1', () => done())
  })
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const [, id = '', path = ''] = /^\/w\/([\w-]+)(\/[^?]*)/.exec(req.url ?? '') ?? []
    const world = worlds.find(id)
    if (!world) {
      res.writeHead(404).end()
      return
    }
    const response = await answerWorld(world, path, await webRequest(req, origin))
    res.writeHead(response.status, Object.fromEntries(response.headers))
    res.end(await response.text())
  }

  return {
    worlds,
    origin,
    async close() {
      await new Promise((closed) => {
        server.close(closed)
        server.closeAllConnections()
      })
    },
  }
}

/** With every header line, as a web `Headers` joins them. */
async function webRequest(req: IncomingMessage, origin: string): Promise<Request> {
  const headers = new Headers()
  for (let at = 0; at < req.rawHeaders.length; at += 2) {
    headers.append(req.rawHeaders[at] ?? '', req.rawHeaders[at + 1] ?? '')
  }
  const method = req.method ?? 'GET'
  const parts: Buffer[] = []
  for await (const part of req) parts.push(part)
  const body = method === 'GET' || method === 'HEAD' ? null : Buffer.concat(parts)
  return new Request(new URL(req.url ?? '/', origin), { method, headers, body })
}
