import { fork } from 'node:child_process'
import { messageOf } from './message-of.ts'

/** One measured run against a URL on loopback. */
export interface Load {
  readonly url: string
  readonly connections: number
  readonly amount: number
  /** One header set per request, used in order; none are sent where this is empty. */
  readonly headers: readonly Record<string, string>[]
  /** One body per request, in the order of the headers: then they are sent by POST. */
  readonly bodies?: readonly string[]
}

export interface LoadResult {
  readonly perSecond: number
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
  /** Answers by status: a run with any other than the expected one measured something else. */
  readonly statuses: Record<string, number>
}

/** A process that makes the load, so that the server has its core to itself. One run at a time. */
export function startLoad(): { run(load: Load): Promise<LoadResult>; stop(): void } {
  const child = fork(new URL('./http/load-process.js', import.meta.url), { serialization: 'advanced' })
  return {
    run(load) {
      const result = messageOf<LoadResult>(child)
      child.send(load)
      return result
    },
    stop: () => child.disconnect(),
  }
}
