import { openLog } from '@keybound/monitoring'

export type Log = ReturnType<typeof createLog>

/** One JSON line per event. Callers pass named fields only: never a token, proof, code, cookie, query string or body. */
export function createLog(level: string) {
  const { lines } = openLog('web', { level })
  return lines.child({}, { serializers: { err: describeFault } })
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
