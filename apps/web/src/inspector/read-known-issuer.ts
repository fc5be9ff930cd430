import { env } from '../env.ts'
import { outboundFetch } from '../http/outbound-fetch.ts'
import type { KnownIssuer } from './inspect.ts'

/** This platform's own authorization server, whose keys the page gets along, so that its tokens can be verified without a request. Undefined while it does not answer. */
export async function readKnownIssuer(): Promise<KnownIssuer | undefined> {
  const { issuer, apiUrl } = env()
  try {
    const response = await outboundFetch(`${issuer}/jwks`, { signal: AbortSignal.timeout(1500) })
    if (!response.ok) return undefined
    return { issuer, resource: `${apiUrl}/api/profile`, jwks: (await response.json()) as object }
  } catch {
    return undefined
  }
}
