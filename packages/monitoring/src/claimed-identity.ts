import { thumbprint } from '@keybound/dpop'
import { jwtSegment } from '@keybound/exchange'

/** Who a request says it is from: for logs and figures, never for deciding. Nothing of it is proved unless the request was accepted. */
export interface ClaimedIdentity {
  /** At most 100 characters. */
  readonly clientId?: string
  /** The thumbprint of the key that the proof names. */
  readonly jkt?: string
}

/** What the access token and the proof say, unverified, as far as they can be read at all. */
export async function claimedIdentity(
  accessToken: string | undefined,
  proof: string | undefined,
): Promise<ClaimedIdentity> {
  const clientId = accessToken === undefined ? undefined : jwtSegment(accessToken, 1)?.client_id
  const jkt = proof === undefined ? undefined : await claimedJkt(proof)
  return {
    ...(typeof clientId === 'string' && { clientId: clientId.slice(0, 100) }),
    ...(jkt && { jkt }),
  }
}

async function claimedJkt(proof: string): Promise<string | undefined> {
  try {
    return await thumbprint(jwtSegment(proof, 0)?.jwk as JsonWebKey)
  } catch {
    return undefined
  }
}
