import { randomUUID } from 'node:crypto'
import { claimedIdentity } from '@keybound/monitoring'
import type { Log } from '../log/create-log.ts'
import { verdictOf } from '../log/verdict-of.ts'
import type { LogFields, RequestContext, Route } from './route.ts'

export interface OpenContext extends RequestContext {
  readonly startedAt: number
  readonly fields: () => LogFields
}

/** A correlation id of our own: one from outside could forge lines of the log. */
export function openContext(source = 'unknown'): OpenContext {
  let fields: LogFields = {}
  return {
    correlationId: randomUUID(),
    source,
    startedAt: performance.now(),
    note(more) {
      fields = { ...fields, ...more }
    },
    fields: () => fields,
  }
}

/** One line for the request. What the endpoint noted wins over what request and answer say by themselves. */
export async function logAnswer(
  log: Log,
  route: Route,
  request: Request,
  response: Response,
  context: OpenContext,
): Promise<void> {
  if (route.kind === 'asset' && response.status < 500) return
  const protocol =
    route.kind === 'api' ? { ...(await claimedKey(request)), ...(await verdictOf(response)) } : {}
  log.answered({
    correlation_id: context.correlationId,
    route: route.path,
    method: request.method.slice(0, 20),
    status: response.status,
    ms: Math.round((performance.now() - context.startedAt) * 10) / 10,
    ...protocol,
    ...context.fields(),
  })
}

/** Beside an outcome that is not `accepted` nobody has proved it. */
function claimedKey(request: Request): Promise<Pick<LogFields, 'jkt'>> {
  return claimedIdentity(undefined, request.headers.get('dpop') ?? undefined)
}
