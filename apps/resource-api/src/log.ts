import {
  claimedIdentity,
  type JudgedRequest,
  type LogOptions,
  openLog,
  redact,
  systemCodeIn,
} from '@keybound/monitoring'
import { type OAuthError, parseAuthorization } from '@keybound/oauth'
import type { Decision } from '@keybound/resource-server'
import { correlationIdOf } from './http/correlation-id.ts'

/** One JSON line for each. Both take closed shapes, so that nothing else can be logged. */
export interface Log {
  /**
   * How access was decided: check, key, client. The request gives its method and path, and of its credentials whom they name; never its headers or
   * query. Beside an outcome that is not `accepted` nobody has proved key and client.
   */
  decided(decision: Decision): void
  /** A decision that a defender wants to know of. */
  security(request: JudgedRequest): void
  /** What nobody expected. The client was given the same correlation id. */
  fault(error: unknown, correlationId?: string): void
}

export function createLog(options: LogOptions): Log {
  const { lines, security, fault } = openLog('resource-api', options)
  return {
    decided: (decision) => void fieldsOf(decision).then((fields) => lines.info(fields)),
    security,
    fault,
  }
}

async function fieldsOf(decision: Decision): Promise<Record<string, string | undefined>> {
  const { outcome, request } = decision
  const seen = {
    event: 'access',
    correlation_id: correlationIdOf(request),
    method: request.method,
    path: new URL(request.url).pathname,
    outcome,
  }
  if (decision.outcome === 'accepted') {
    const { jkt, clientId } = decision.access
    return { ...seen, jkt, client_id: clientId }
  }
  const { reason, code } = decision.error
  const hint = hintOf(decision.error)
  const { jkt, clientId } = await claimedBy(request)
  return { ...seen, jkt, client_id: clientId && redact(clientId), check: reason, error: code, hint }
}

/** What is wrong with the configuration, where that is the likely cause. */
function hintOf(error: OAuthError): string | undefined {
  const { code, description } = error
  // Of all faults of a proof this one is often the operator's: https in front, http in API_URL.
  if (/Set the public URL/.test(description)) return description.replace('the public URL', 'API_URL to it')
  return code === 'temporarily_unavailable' ? systemCodeIn(error.cause) : undefined
}

async function claimedBy({ headers }: Decision['request']) {
  return claimedIdentity(accessTokenIn(headers), headers.get('dpop') ?? undefined)
}

/** Of a header that is none to read nothing is known. */
function accessTokenIn(headers: Pick<Headers, 'get'>): string | undefined {
  try {
    return parseAuthorization(headers)?.credentials
  } catch {
    return undefined
  }
}
