import type { Clock } from '@keybound/oauth'
import type { Log } from './log/create-log.ts'

/** Anything that can delete what nobody can use any more. */
interface Sweepable {
  sweep(now: number): Promise<void>
}

/** Sweeps now and then, one sweep at a time. A failed one is logged and the next tries again. */
export function sweepEvery(
  seconds: number,
  store: Sweepable,
  { clock, log }: { readonly clock: Clock; readonly log: Log },
): { stop(): Promise<void> } {
  let running: Promise<void> = Promise.resolve()
  const timer = setInterval(() => {
    running = running.then(() => store.sweep(clock())).catch((error: unknown) => log.fault(error))
  }, seconds * 1000)
  timer.unref()
  return {
    stop() {
      clearInterval(timer)
      return running
    },
  }
}
