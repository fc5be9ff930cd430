import { createNonces, type Ledger, type Nonces } from '@keybound/dpop/server'
import type { Verifier } from './peers.ts'
import { protection } from './protection.ts'
import type { Key } from './work.ts'

/** The whole of protectResource, every check on, the replay check included. */
export function ours(server: Key, name: string, ledger: Ledger, nonces?: Nonces): Verifier {
  const protect = protection(server, { ledger, ...(nonces && { nonces }) })
  return {
    name,
    replay: true,
    verify: ({ request, nonceRequest }) => protect(nonces ? nonceRequest : request, { scope: 'profile' }),
  }
}

export const benchNonces = createNonces({ secret: 'a bench needs no secret, only 32 octets' })
