import process from 'node:process'
import { complain, isStopping, stopOnSignals } from './scripts.ts'

/** Runs what a command of this workspace does. Ctrl-C and SIGTERM stop what it has started; an error is told, and is exit code 1. */
export async function runCommand(main: () => Promise<void>, onStop?: () => void): Promise<void> {
  stopOnSignals(() => 130, onStop)
  try {
    await main()
  } catch (error) {
    if (!isStopping()) complain(error)
    process.exitCode = 1
  }
}
