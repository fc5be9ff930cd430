import { OAuthError } from '@keybound/oauth'

/** How a call of a store goes. `error` and `crash before`: nothing is written. `time-out` and `crash after`: it is, and the caller does not learn it. */
export type Fate = 'done' | 'busy' | 'error' | 'time-out' | 'crash before' | 'crash after'

/** One request on its way through a server. */
export interface Actor {
  readonly name: string
  readonly replica: number
  /** The store call in front of which it stands. */
  readonly standsAt: string
}

/**
 * Runs one actor at a time, from one store call to the next, so that the order of everything that matters is the caller's choice
 * and not the machine's. What goes on between two store calls of one actor (cryptography in other threads too) is waited for.
 */
export interface Scheduler {
  /** Those that stand in front of a store call, in the order in which they were started. */
  readonly standing: readonly Actor[]
  /** Starts `work` and returns when it stands in front of its first store call, or is over. */
  start(name: string, replica: number, work: () => Promise<void>): Promise<void>
  /** Lets the call in front of `actor` go this way; returns when it stands in front of the next one, or is over. */
  advance(actor: Actor, fate: Fate): Promise<void>
  /** What a store does instead of working at once. */
  call<T>(what: string, effect: () => Promise<T>): Promise<T>
  /** Everything on this replica stops where it stands, and never answers. */
  crash(replica: number): void
}

interface Standing extends Actor {
  readonly go: (fate: Fate) => Promise<void>
}

export function createScheduler(): Scheduler {
  let standing: Standing[] = []
  let running: { readonly name: string; readonly replica: number } | undefined
  let stopped = () => {}

  /** Gives the machine to an actor until it stops. */
  function run(actor: { readonly name: string; readonly replica: number }, step: () => void): Promise<void> {
    if (running) throw new TypeError(`${running.name} still runs`)
    running = actor
    return new Promise((resolve) => {
      stopped = () => {
        running = undefined
        resolve()
      }
      step()
    })
  }

  return {
    get standing() {
      return standing
    },

    start(name, replica, work) {
      return run({ name, replica }, () => void work().finally(() => stopped()))
    },

    call(what, effect) {
      return new Promise((resolve, reject) => {
        if (!running) throw new TypeError(`${what} was called by nobody`)
        const actor: Standing = { ...running, standsAt: what, go }
        async function go(fate: Fate): Promise<void> {
          if (fate === 'busy') return stand(actor)
          if (fate === 'error') return reject(unavailable())
          if (fate === 'crash before') return stopped()
          try {
            const value = await effect()
            if (fate === 'done') resolve(value)
            else if (fate === 'time-out') reject(unavailable())
            else stopped()
          } catch (error) {
            reject(error)
          }
        }
        stand(actor)
      })
    },

    advance(actor, fate) {
      const found = standing.find((one) => one === actor)
      if (!found) throw new TypeError(`${actor.name} does not stand`)
      standing = standing.filter((one) => one !== found)
      return run(found, () => void found.go(fate))
    },

    crash(replica) {
      standing = standing.filter((one) => one.replica !== replica)
    },
  }

  function stand(actor: Standing): void {
    standing = [...standing, actor]
    stopped()
  }
}

function unavailable(): OAuthError {
  return new OAuthError('temporarily_unavailable', 'store.available', 'Try again in a moment.')
}
