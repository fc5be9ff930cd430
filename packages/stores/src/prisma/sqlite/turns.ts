/**
 * Whose turn it is on the one connection. A transaction of Prisma's lasts from BEGIN to COMMIT over many ticks; without turns
 * every other statement of this process would land inside it, and be undone with it.
 */
export interface Turns {
  readonly isFree: boolean
  /** Starts `run` when no transaction is open; what it does before its first await is done alone. */
  alone<T>(run: () => T | Promise<T>): Promise<T>
  /** Waits for its turn and keeps it until the function that it returns is called. */
  take(): Promise<() => void>
}

export function createTurns(): Turns {
  let taken: Promise<void> | undefined

  return {
    get isFree() {
      return taken === undefined
    },
    async alone(run) {
      while (taken) await taken
      return run()
    },
    async take() {
      while (taken) await taken
      let release = () => {}
      taken = new Promise((resolve) => {
        release = () => {
          taken = undefined
          resolve()
        }
      })
      return release
    },
  }
}
