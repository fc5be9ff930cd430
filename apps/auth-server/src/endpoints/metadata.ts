import { jwks } from '@keybound/authorization-server'
import type { Dependencies } from '../dependencies.ts'
import type { Endpoint } from '../routing/route.ts'

/** A document that is the same for everyone until the server starts again. */
export function document(content: unknown): Endpoint {
  const body = JSON.stringify(content)
  return () => publicJson(body)
}

/** From memory: answers also while the database does not (I-015). */
export function keySet(d: Pick<Dependencies, 'server'>): Endpoint {
  return async () => publicJson(JSON.stringify(await jwks(d.server)))
}

function publicJson(body: string): Response {
  const headers = { 'Content-Type': 'application/json', 'Cache-Control': 'public, max-age=300' }
  return new Response(body, { headers })
}
