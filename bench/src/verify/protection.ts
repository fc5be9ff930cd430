import {
  localKeys,
  type ProtectResource,
  type ProtectResourceOptions,
  protectResource,
} from '@keybound/resource-server'
import { memoryLedger } from '@keybound/stores/memory'
import { ISSUER, RESOURCE } from './names.ts'
import type { Key } from './work.ts'

/** protectResource as an app would have it, every check on, with a memory ledger unless another is given. */
export function protection(
  server: Key,
  parts: Pick<Partial<ProtectResourceOptions>, 'ledger' | 'kept' | 'nonces'> = {},
): ProtectResource {
  const jwks = { keys: [{ ...server.publicJwk, kid: server.jkt, alg: 'ES256', use: 'sig' }] }
  return protectResource({
    resource: RESOURCE,
    issuer: ISSUER,
    keys: localKeys(() => jwks),
    ledger: memoryLedger(),
    ledgerName: 'bench',
    ...parts,
  })
}
