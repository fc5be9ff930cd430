import { createNonces, type Nonces } from '@keybound/dpop/server'
import { localKeys, protectResource } from '@keybound/resource-server'
import { memoryLedger } from '@keybound/stores/memory'
import type { Verifier } from './peers.ts'
import { ISSUER, type Key, RESOURCE } from './work.ts'

/** The whole of protectResource, every check on, the replay check on a memory ledger included. */
export function ours(server: Key, name: string, nonces?: Nonces): Verifier {
  const jwks = { keys: [{ ...server.publicJwk, kid: server.jkt, alg: 'ES256', use: 'sig' }] }
  const protect = protectResource({
    resource: RESOURCE,
    issuer: ISSUER,
    keys: localKeys(() => jwks),
    ledger: memoryLedger(),
    ledgerName: 'bench',
    ...(nonces ? { nonces } : {}),
  })
  return {
    name,
    replay: true,
    verify: ({ request, nonceRequest }) => protect(nonces ? nonceRequest : request, { scope: 'profile' }),
  }
}

export const benchNonces = createNonces({ secret: 'a bench needs no secret, only 32 octets' })
