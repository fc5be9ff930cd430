import { readProof } from '@keybound/dpop/server'
import { OAuthError } from '@keybound/oauth'

/**
 * The text of the one proof that a request under the DPoP scheme carries.
 * Throws OAuthError invalid_dpop_proof `header.single`, for none as for several.
 * @see RFC 9449 §4.3 (1), §7.1
 */
export function requireProof(headers: Pick<Headers, 'get'>): string {
  const proofJwt = readProof(headers)
  if (proofJwt === undefined) {
    throw new OAuthError(
      'invalid_dpop_proof',
      'header.single',
      'The DPoP scheme needs a DPoP header with a proof.',
    )
  }
  return proofJwt
}
