import { jsonResponse } from '@keybound/oauth'
import type { Dependencies } from '../dependencies.ts'
import type { Endpoint } from '../routing/route.ts'

/** The process runs. */
export function healthz(): Response {
  return jsonResponse({ status: 'ok' })
}

/** The store answers too: requests may be sent here. */
export function readyz(d: Pick<Dependencies, 'ping'>): Endpoint {
  return async () => {
    try {
      await d.ping()
      return jsonResponse({ status: 'ready' })
    } catch {
      return jsonResponse({ status: 'unavailable' }, { status: 503, headers: { 'Retry-After': '1' } })
    }
  }
}
