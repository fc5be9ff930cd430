import { type Logger, pino } from 'pino'

export type Log = Logger

/** One JSON line per event. Callers pass named fields only: never a token, proof, code, cookie, query string or body. */
export function createLog(level: string): Log {
  const options = {
    level,
    base: { app: 'web' },
    serializers: { err: describeFault },
    timestamp: pino.stdTimeFunctions.isoTime,
  }
  return pino(options, standardOutput())
}

/** Standard output. Where it cannot be written to, such as a file on a full disk, lines are lost, and requests go on. */
function standardOutput() {
  return pino.destination({ dest: 1, sync: true, maxLength: 1_000_000 }).on('error', () => {})
}

/** Names and stack only: a library's error may carry whole answers, tokens included, in its `cause` and other members. */
export function describeFault(fault: unknown): Record<string, unknown> {
  if (!(fault instanceof Error)) return { name: typeof fault }
  const { name, stack, cause } = fault
  const code = 'code' in fault && typeof fault.code === 'string' ? fault.code : undefined
  return {
    name,
    ...(code && { code }),
    at: stack
      ?.split('\n')
      .slice(1, 6)
      .map((line) => line.trim()),
    ...(cause instanceof Error && { cause: describeFault(cause) }),
  }
}
