import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'

/** Speaks like a Redis that is fit for a ledger, and then answers everything with `nonsense`, as it stands on the wire. */
export async function startLyingRedis(nonsense: string): Promise<{ url: string; stop(): void }> {
  const sockets = new Set<{ destroy(): void }>()
  const server = createServer((socket) => {
    sockets.add(socket)
    let text = ''
    socket.on('error', () => {})
    socket.on('data', (data) => {
      text += data.toString('latin1')
      for (let end = endOfCommand(text); end !== undefined; end = endOfCommand(text)) {
        socket.write(answerTo(text.slice(0, end).toLowerCase(), nonsense))
        text = text.slice(end)
      }
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}

const bulk = (text: string) => `$${text.length}\r\n${text}\r\n`

function answerTo(command: string, nonsense: string): string {
  if (command.includes('\r\ninfo\r\n')) {
    return bulk('maxmemory_policy:noeviction\r\nrun_id:a\r\nloading:0\r\n')
  }
  if (command.includes('\r\neval\r\n')) return bulk('id 0 a')
  return nonsense
}

/** Where the first command in `text` ends: an array of bulk strings. */
function endOfCommand(text: string): number | undefined {
  const [head, count] = /^\*(\d+)\r\n/.exec(text) ?? []
  if (head === undefined) return undefined
  let at = head.length
  for (let i = 0; i < Number(count); i++) {
    const [length, octets] = /^\$(\d+)\r\n/.exec(text.slice(at)) ?? []
    if (length === undefined) return undefined
    at += length.length + Number(octets) + 2
  }
  return at <= text.length ? at : undefined
}
