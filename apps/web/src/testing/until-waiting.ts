import type { Flow } from '../playground/flow.ts'
import type { WaitingRequest } from '../playground/flow-state.ts'

/** The next request that the flow holds back. */
export function untilWaiting(flow: Pick<Flow, 'get' | 'subscribe'>): Promise<WaitingRequest> {
  return new Promise((found) => {
    const stop = flow.subscribe(look)
    look()
    function look(): void {
      const { waiting } = flow.get()
      if (waiting === undefined) return
      stop()
      found(waiting)
    }
  })
}
