import { type Logger, pino } from 'pino'
import type { JudgedRequest } from '../judged-request.ts'
import { redact } from './redact.ts'

export interface LogOptions {
  readonly level: string
  /** Standard output by default. */
  readonly destination?: { write(line: string): void }
}

export interface OpenLog {
  /** For what only this app has to say. */
  readonly lines: Logger
  /** A decision that a defender wants to know of. */
  security(request: JudgedRequest): void
  /** What nobody expected. `correlationId` is the one that the client was given. */
  fault(error: unknown, correlationId?: string): void
}

/** One JSON line for each event. JSON.stringify escapes line breaks and control characters, so that no value can begin a line of its own. */
export function openLog(app: string, { level, destination }: LogOptions): OpenLog {
  const options = {
    level,
    base: { app },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  }
  const lines = pino(options, destination ?? standardOutput())
  return {
    lines,
    security: ({ security, check, clientId, jkt, endpoint, correlationId }) =>
      lines.warn({
        event: 'security',
        security,
        check,
        client_id: clientId && redact(clientId),
        jkt,
        endpoint,
        correlation_id: correlationId,
      }),
    fault(error, correlation_id) {
      const { name, message, stack } = error instanceof Error ? error : new Error(String(error))
      lines.error(
        { correlation_id, event: 'fault', fault: name, stack: redact(stack ?? '') },
        redact(message),
      )
    },
  }
}

/** Standard output. Where it cannot be written to, such as a file on a full disk, lines are lost, and requests go on. */
function standardOutput() {
  return pino.destination({ dest: 1, sync: true, maxLength: 1_000_000 }).on('error', () => {})
}
