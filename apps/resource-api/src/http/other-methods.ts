import { methodNotAllowed } from './answers.ts'

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS'

const methods: readonly Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/**
 * Handlers for every method that a route does not serve, so that each is answered with JSON and Allow, and for OPTIONS. Next answers HEAD
 * with GET.
 *
 *     export const { POST, PUT, DELETE, OPTIONS } = otherMethods('GET', 'PATCH')
 */
export function otherMethods(...served: Method[]): Record<Method, () => Response> {
  const allow = [...served, ...(served.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ')
  const refuse = () => methodNotAllowed(allow)
  const options = () => new Response(null, { status: 204, headers: { allow } })
  const handlers = methods.map((method) => [method, method === 'OPTIONS' ? options : refuse])
  return Object.fromEntries(handlers) as Record<Method, () => Response>
}
