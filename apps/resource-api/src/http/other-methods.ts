import { methodNotAllowed } from './answers.ts'

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS'

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

/**
 * Handlers for every method that a route does not serve, so that each is answered with JSON and Allow, and for OPTIONS. Next answers HEAD
 * with GET.
 *
 *     export const { POST, PUT, DELETE, OPTIONS } = otherMethods('GET', 'PATCH')
 */
export function otherMethods(...served: Method[]): Record<Method, () => Response> {
  const allow = [...served, ...(served.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ')
  const refuse = () => methodNotAllowed(allow)
  const handlers = Object.fromEntries(methods.map((method) => [method, refuse])) as Record<
    Method,
    () => Response
  >
  return { ...handlers, OPTIONS: () => new Response(null, { status: 204, headers: { allow } }) }
}
