import type { Asset } from '../assets.ts'
import type { Endpoint } from '../routing/route.ts'

/** Its path holds its hash, so it never changes. */
export function asset({ type, body }: Asset): Endpoint {
  const headers = { 'Content-Type': type, 'Cache-Control': 'public, max-age=31536000, immutable' }
  return () => new Response(body, { headers })
}
