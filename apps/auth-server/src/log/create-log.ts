import { type JudgedRequest, type LogOptions, openLog } from '@keybound/monitoring'
import type { LogFields } from '../routing/route.ts'

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

export function createLog(options: LogOptions): Log {
  const { lines, security, fault } = openLog('auth-server', options)
  return {
    answered: (request) => lines.info(request),
    rotated: ({ do: transition, purpose, kid }) =>
      lines.info({ event: 'signing key', transition, purpose, kid }),
    security,
    fault,
  }
}
