import { EXPOSED_HEADERS } from '@keybound/oauth'
import type { Route } from './route.ts'

/** The origins of public clients' redirect URIs. */
export type AllowedOrigins = () => Promise<ReadonlySet<string>>

/** What a script of `origin` may do with this route; undefined where it may not even read the answer. Credentials (cookies) never go along. */
export async function corsHeaders(
  route: Route,
  origin: string | null,
  allowed: AllowedOrigins,
): Promise<Record<string, string>> {
  if (!route.cors) return {}
  if (route.cors === 'anyone') return { 'Access-Control-Allow-Origin': '*' }
  if (!origin || !(await allowed()).has(origin)) return { Vary: 'Origin' }
  return {
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Expose-Headers': EXPOSED_HEADERS,
    Vary: 'Origin',
  }
}

/** 204 without touching the endpoint: no authentication, no ledger, no log of a verdict (S-021). */
export function preflightResponse(route: Route): Response {
  const headers = {
    'Access-Control-Allow-Methods': Object.keys(route.on).join(', '),
    'Access-Control-Allow-Headers': 'Authorization, Content-Type, DPoP',
    'Access-Control-Max-Age': '600',
    'Cache-Control': 'no-store',
  }
  return new Response(null, { status: 204, headers })
}

export function isPreflight(request: Request): boolean {
  return request.method === 'OPTIONS' && request.headers.has('access-control-request-method')
}
