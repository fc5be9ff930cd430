import {
  localKeys,
  type ProtectResource,
  type ProtectResourceOptions,
  protectResource,
} from '@keybound/resource-server'
import { ISSUER, RESOURCE } from './names.ts'
import type { Key } from './work.ts'

/** protectResource as an app would have it, every check on. The ledger is given, since the stores are made for Node and this is measured without it too. */
export function protection(
  server: Key,
  parts: Pick<ProtectResourceOptions, 'ledger' | 'kept' | 'nonces'>,
): ProtectResource {
  const jwks = { keys: [{ ...server.publicJwk, kid: server.jkt, alg: 'ES256', use: 'sig' }] }
  return protectResource({
    resource: RESOURCE,
    issuer: ISSUER,
    keys: localKeys(() => jwks),
    ledgerName: 'bench',
    ...parts,
  })
}
