import type { HeaderLines } from '@keybound/exchange'

/** The header lines of a request with a bound token and a proof. */
export function withProof(accessToken: string, ...proofs: readonly string[]): HeaderLines {
  return [['Authorization', `DPoP ${accessToken}`], ...proofs.map((proof) => ['DPoP', proof] as const)]
}
