import { answerWithAccess, localKeys } from '@keybound/resource-server'
import { memoryLedger } from '@keybound/stores/memory'
import { ISSUER, RESOURCE } from '../verify/names.ts'

/** What both routes of every server answer, so that only the protection differs. */
export const BODY = JSON.stringify({ sub: 'alice', name: 'Alice' })

/** The protection under test, from the issuer's JWK set in BENCH_JWKS. */
export function protection() {
  const jwks: object = JSON.parse(process.env.BENCH_JWKS ?? '{"keys":[]}')
  return answerWithAccess({
    resource: RESOURCE,
    issuer: ISSUER,
    keys: localKeys(() => jwks),
    ledger: memoryLedger(),
    ledgerName: 'bench',
  })
}

export function profile(): Response {
  return new Response(BODY, { headers: { 'content-type': 'application/json' } })
}
