import type { Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** Which connections are open, and which of them still owe an answer. */
export interface Connections {
  /** Counts this answer as owed until it is sent or its connection is gone. */
  owe(res: ServerResponse): void
  /** Whether part of an answer is already on the wire, so that nothing else may be written. */
  isAnswering(socket: Socket): boolean
  /** No new connections; idle ones end now, the others with their last answer, all after `timeout` seconds. */
  drain(timeout: number): Promise<void>
}

export function trackConnections(server: Server): Connections {
  const owed = new Map<Socket, Set<ServerResponse>>()
  let draining: Promise<void> | undefined

  server.on('connection', (socket: Socket) => {
    owed.set(socket, new Set())
    socket.once('close', () => owed.delete(socket))
  })

  function owe(res: ServerResponse): void {
    const socket = res.req.socket
    const answers = owed.get(socket)
    if (!answers) return
    answers.add(res)
    if (draining) res.shouldKeepAlive = false
    res.once('close', () => {
      answers.delete(res)
      if (draining && answers.size === 0) socket.destroySoon()
    })
  }

  function isAnswering(socket: Socket): boolean {
    return [...(owed.get(socket) ?? [])].some((res) => res.headersSent)
  }

  function drain(timeout: number): Promise<void> {
    draining ??= new Promise((resolve) => {
      const last = setTimeout(() => {
        for (const socket of owed.keys()) socket.destroy()
      }, timeout * 1000)
      server.close(() => {
        clearTimeout(last)
        resolve()
      })
      for (const [socket, answers] of owed) {
        if (answers.size === 0) socket.destroy()
        for (const res of answers) if (!res.headersSent) res.shouldKeepAlive = false
      }
    })
    return draining
  }

  return { owe, isAnswering, drain }
}
