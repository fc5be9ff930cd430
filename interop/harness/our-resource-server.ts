import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import { createNonceCache, createNonces, dpopFetch, generateKey } from '@keybound/dpop'
import { answerWithAccess, remoteKeys } from '@keybound/resource-server'
import { withAccess } from '@keybound/resource-server/node'
import { memoryLedger } from '@keybound/stores/memory'
import { expect } from '@playwright/test'
import type { OurTokens } from './our-client.ts'
import { exercised } from './row.ts'
import { listen } from './tap.ts'
import { dpop, summary } from './try-resource-server.ts'

export interface OurResourceServer {
  readonly url: string
  close(): void
}

/** @keybound/resource-server in front of one resource, for the tokens of a foreign issuer. It wants nonces. */
export async function openOurResourceServer(
  foreign: (resource: string) => Promise<{ issuer: string; jwksUri: string; scope: string }>,
): Promise<OurResourceServer> {
  const server = createServer()
  const url = `http://127.0.0.1:${await listen(server)}/profile`
  const { issuer, jwksUri, scope } = await foreign(url)
  const answer = answerWithAccess({
    resource: url,
    issuer,
    keys: remoteKeys({ jwksUri }),
    ledger: memoryLedger(),
    ledgerName: 'interop',
    nonces: createNonces({ secret: randomBytes(32) }),
  })
  server.on(
    'request',
    withAccess(answer, scope, (_, res, { subject }) => {
      res.setHeader('content-type', 'application/json').end(JSON.stringify({ sub: subject }))
    }),
  )
  return { url, close: () => void server.close() }
}

/** The foreign token works with its key, once per proof, and in no other way. */
export async function expectAccessWithItsKeyAlone({ url }: OurResourceServer, ours: OurTokens, sub: string) {
  const { key, nonces, accessToken } = ours
  let proof = ''
  const keepProof = (attempt: { proof: string }) => {
    proof = attempt.proof
  }
  const granted = await dpopFetch(url, { key, nonces, accessToken, onAttempt: keepProof })
  expect(granted.status, granted.headers.get('www-authenticate') ?? '').toBe(200)
  expect(await granted.json()).toEqual({ sub })
  exercised('its token accepted by our resource server')

  expect(summary(await fetch(url, dpop(accessToken, proof)))).toBe('401 invalid_dpop_proof')
  exercised('replay refused')
  const thief = { key: await generateKey('ES256'), nonces: createNonceCache(), accessToken }
  expect(summary(await dpopFetch(url, thief))).toBe('401 invalid_token')
  exercised('wrong key refused')
  const bearer = await fetch(url, { headers: { authorization: `Bearer ${accessToken}` } })
  expect(summary(bearer)).toBe('401 invalid_token')
  exercised('Bearer refused')
}
