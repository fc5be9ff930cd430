import { type AccessHandler, withAccess as withNextAccess } from '@keybound/resource-server/next'
import { fault } from './http/answers.ts'
import { correlationIdOf } from './http/correlation-id.ts'
import { resourceApi } from './resource-api.ts'

/**
 * A route handler that runs only for a request with access to the profile: `GET = withAccess('profile', readProfile)`. Wired once, here; each
 * handler protects itself, and nothing in front of it has to.
 *
 * What is no fault of the protocol becomes a 500 that says nothing.
 */
export function withAccess(scope: string, handler: AccessHandler<unknown>) {
  return async function route(request: Request, context: unknown): Promise<Response> {
    const { answer, log } = resourceApi()
    try {
      return await withNextAccess(answer, scope, handler)(request, context)
    } catch (error) {
      const correlationId = correlationIdOf(request)
      log.fault(error, correlationId)
      return fault(correlationId)
    }
  }
}
