import { createNonces } from '@keybound/dpop/server'
import { answerWithAccess, remoteKeys } from '@keybound/resource-server'
import { memoryLedger } from '@keybound/stores/memory'

/**
 * What every API here shares: whose tokens it takes, and for what. One process with its ledger in memory; two need a ledger that they share, or
 * a proof is good once at each.
 */
export function profileAccess(issuer: string, api: string) {
  return answerWithAccess({
    resource: `${api}/api/profile`, // the audience of its tokens, and the URL that proofs have to name
    issuer,
    keys: remoteKeys({ jwksUri: `${issuer}/jwks` }),
    ledger: memoryLedger(),
    ledgerName: 'example-api',
    nonces: createNonces({ secret: crypto.getRandomValues(new Uint8Array(32)) }),
  })
}
