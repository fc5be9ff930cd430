import type { JudgedRequest } from '@keybound/monitoring'
import { pino } from 'pino'
import type { LogFields } from '../routing/route.ts'
import { redact } from './redact.ts'

/** One request that was answered. `route` is the pattern of the route table, never a URL: a query may hold secrets. */
export interface AnsweredRequest extends LogFields {
  readonly correlation_id: string
  readonly route: string
  readonly method: string
  readonly status: number
  readonly ms: number
}

/** One JSON line for each. Both take closed shapes, so that nothing else can be logged. */
export interface Log {
  answered(request: AnsweredRequest): void
  /** A transition of a signing key. */
  rotated(step: { readonly do: string; readonly purpose?: string; readonly kid?: string }): void
  /** A decision that a defender wants to know of. */
  security(request: JudgedRequest): void
  /** What nobody expected. `correlationId` is the one that the client was given. */
  fault(error: unknown, correlationId?: string): void
}

export interface LogOptions {
  readonly level: string
  /** Standard output by default. */
  readonly destination?: { write(line: string): void }
}

/** JSON.stringify escapes line breaks and control characters, so that no value can begin a line of its own. */
export function createLog({ level, destination }: LogOptions): Log {
  const options = {
    level,
    base: { app: 'auth-server' },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  }
  const lines = pino(options, destination ?? standardOutput())
  return {
    answered: (request) => lines.info(request),
    rotated: ({ do: transition, purpose, kid }) =>
      lines.info({ event: 'signing key', transition, purpose, kid }),
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
