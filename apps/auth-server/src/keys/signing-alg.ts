import type { SigningKey } from '@keybound/authorization-server'
import type { JWK } from 'jose'

export const signingAlgs = ['ES256', 'PS256', 'EdDSA'] as const satisfies readonly SigningKey['alg'][]

/** What a key file of ours is for. Throws Error for any other key. */
export function signingAlgOf({ alg }: JWK): SigningKey['alg'] {
  const known = signingAlgs.find((one) => one === alg)
  if (!known) throw new Error(`A signing key is of the algorithm ${alg}, which is not served`)
  return known
}
