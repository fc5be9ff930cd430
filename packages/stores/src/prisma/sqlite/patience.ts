import { isDriverAdapterError } from '@prisma/driver-adapter-utils'

/** Milliseconds for which another process may hold the file before the answer is "unavailable". */
const patience = 2000

/** Milliseconds for which SQLite itself waits while a file is opened, when there is nobody else to wait for. */
export const openingTimeout = 5000

/** Milliseconds: later SQLite would wait inside the only thread there is, so it gives up at once and the waiting is done here. */
export const workingTimeout = 5

/** Whether a statement failed because another process holds the file, and may be tried again. */
export function mayTryAgain(error: unknown, since: number): boolean {
  return isBusy(error) && performance.now() - since < patience
}

/** Milliseconds, different each time so that two processes do not meet again. */
export function pause(): number {
  return 1 + Math.random() * 10
}

export async function patiently<T>(run: () => Promise<T>): Promise<T> {
  const since = performance.now()
  for (;;) {
    try {
      return await run()
    } catch (error) {
      if (!mayTryAgain(error, since)) throw error
    }
    await new Promise((resolve) => setTimeout(resolve, pause()))
  }
}

/** By its name, not its class: a bundler may have made two of it. */
export function isSqliteError(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Error && error.name === 'SqliteError' && 'code' in error
}

function isBusy(error: unknown): boolean {
  if (error instanceof Error && isDriverAdapterError(error)) return error.cause.kind === 'SocketTimeout'
  return isSqliteError(error) && error.code.startsWith('SQLITE_BUSY')
}
