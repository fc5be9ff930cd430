import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { answerWithAccess, localKeys } from '@keybound/resource-server'
import { memoryLedger } from '@keybound/stores/memory'
import { ISSUER, RESOURCE } from '../verify/names.ts'

/** What the routes of every server answer, so that only the protection differs. */
const BODY = JSON.stringify({ sub: 'alice', name: 'Alice' })

/**
 * The least that any protection has to do: the proof's signature, verified by node:crypto with a key that is ready. It reads no token and no claim,
 * and knows one client only.
 */
export function verifyOnly(proof: string): void {
  const end = proof.lastIndexOf('.')
  const signature = Buffer.from(proof.slice(end + 1), 'base64url')
  key ??= createPublicKey({ key: JSON.parse(process.env.BENCH_CLIENT_JWK ?? ''), format: 'jwk' })
  const signed = Buffer.from(proof.slice(0, end), 'latin1')
  if (!verify('sha256', signed, { key, dsaEncoding: 'ieee-p1363' }, signature)) throw new Error('not signed')
}

let key: KeyObject | undefined

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

export function writeProfile(_: unknown, response: ServerResponse): void {
  response.setHeader('content-type', 'application/json')
  response.end(BODY)
}

export function profile(): Response {
  return new Response(BODY, { headers: { 'content-type': 'application/json' } })
}
