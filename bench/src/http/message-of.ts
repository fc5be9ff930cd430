import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'

/** The next message of a process. Rejects where it ends instead. */
export async function messageOf<T>(child: ChildProcess): Promise<T> {
  const settled = new AbortController()
  const { signal } = settled
  const ended = once(child, 'exit', { signal }).then(([code]) => {
    throw new Error(`a process of the benchmark ended with ${code}`)
  })
  try {
    const [message] = await Promise.race([once(child, 'message', { signal }), ended])
    return message as T
  } finally {
    settled.abort()
    ended.catch(() => {})
  }
}

/** Microseconds of CPU since the start of a server process, which tells them when asked. */
export async function cpuOf(child: ChildProcess): Promise<number> {
  const answer = messageOf<NodeJS.CpuUsage>(child)
  child.send('cpu')
  const { user, system } = await answer
  return user + system
}
