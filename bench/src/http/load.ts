import { fork } from 'node:child_process'

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

/** Runs the load from a process of its own, so that the server has its core to itself. */
export function runLoad(load: Load): Promise<LoadResult> {
  return new Promise((resolve, reject) => {
    const child = fork(new URL('./http/load-process.js', import.meta.url), { serialization: 'advanced' })
    child.once('message', (result) => {
      child.disconnect()
      resolve(result as LoadResult)
    })
    child.once('error', reject)
    child.once('exit', (code) => code && reject(new Error(`the load process ended with ${code}`)))
    child.send(load)
  })
}
