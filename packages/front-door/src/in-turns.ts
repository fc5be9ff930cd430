/**
 * Begins the work that is given to it in the next turns of the event loop: in each turn as many pieces as `room` says, which is nearly always all of
 * them, and one at least. So a server that has all it can do still looks for new connections and requests between
 * two pieces of work, and can tell their senders at once that it has no time: Node accepts one connection in a turn.
 */
export function inTurns(room: () => number): (work: () => void) => void {
  const waiting: (() => void)[] = []
  let scheduled = false

  function schedule(): void {
    if (scheduled || waiting.length === 0) return
    scheduled = true
    setImmediate(() => {
      scheduled = false
      for (const work of waiting.splice(0, Math.max(1, room()))) work()
      schedule()
    })
  }

  return (work) => {
    waiting.push(work)
    schedule()
  }
}
