import { thumbprint } from '@keybound/dpop'
import { decodeProtectedHeader } from 'jose'
import type { LogFields } from '../routing/route.ts'

/** The thumbprint of the key that a request's proof names, for the log. Beside an outcome that is not `accepted` nobody has proved it. */
export async function claimedKey(request: Request): Promise<Pick<LogFields, 'jkt'>> {
  const proofJwt = request.headers.get('dpop')
  if (proofJwt === null) return {}
  try {
    const { jwk } = decodeProtectedHeader(proofJwt)
    return jwk ? { jkt: await thumbprint(jwk) } : {}
  } catch {
    return {}
  }
}
