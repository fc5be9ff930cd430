import { CHECKS, type CheckId, createProof, generateKey } from '@keybound/dpop'
import { forgeProof, PROOF_DEFECTS, type ProofDefect } from '@keybound/dpop/testing'
import { requirement } from '@keybound/testkit'
import { decodeJwt } from 'jose'
import { describe, expect } from 'vitest'
import { authorizationParameters, codeFor, exchange } from '../test/flow.ts'
import { refusal } from '../test/refusal.ts'
import { key, type Sent, send } from '../test/requests.ts'
import { issuer, type Opened, openServer, openServerWithNonces } from '../test/server.ts'

/** What an endpoint of the authorization server has to refuse by this check. ath is the resource's; a replay takes two requests. */
function defectsOf(check: CheckId): readonly ProofDefect[] {
  if (check === 'ath.match' || check === 'jti.unused') return []
  const all = Object.keys(PROOF_DEFECTS) as ProofDefect[]
  return all.filter((defect) => PROOF_DEFECTS[defect] === check)
}

/** A good request of each endpoint that takes a proof. */
const endpoints = {
  '/token': async (opened: Opened, sent: Sent) =>
    send(opened, '/token', exchange('playground', await codeFor(opened)), sent),
  '/par': (opened: Opened, sent: Sent) => send(opened, '/par', authorizationParameters('playground'), sent),
  '/revoke': (opened: Opened, sent: Sent) => send(opened, '/revoke', { token: 'rt_x' }, sent),
}

async function forged(opened: Opened, path: string, defect?: ProofDefect, nonce?: string) {
  const parts = { method: 'POST', url: issuer + path, now: opened.clock.now(), defect, nonce }
  const proof = await forgeProof(key, parts)
  return Array.isArray(proof) ? proof.join(', ') : proof
}

const paths = Object.keys(endpoints) as (keyof typeof endpoints)[]

describe.each(paths)('at %s', (path) => {
  const sendTo = endpoints[path]

  for (const { id, answer, requirement: clause } of CHECKS) {
    if (defectsOf(id).length === 0) continue
    requirement(
      path === '/par' ? [clause, 'DPOP-10.1-02'] : clause,
      `refuses what breaks ${id}`,
      async () => {
        for (const defect of defectsOf(id)) {
          const opened = openServerWithNonces()
          const nonce = await opened.nonces.issue(opened.clock.now())
          const response = await sendTo(opened, { proof: await forged(opened, path, defect, nonce) })
          expect(response.headers.get('dpop-nonce'), 'a nonce for the next attempt').toBe(nonce)
          expect(await refusal(response), defect).toBe(`400 ${answer} ${id}`)
        }
      },
    )
  }

  requirement(['P-093', 'DPOP-11.1-02'], 'refuses the same proof twice', async () => {
    const opened = openServer()
    const proof = await forged(opened, path)
    expect((await sendTo(opened, { proof })).ok).toBe(true)
    expect(await refusal(await sendTo(opened, { proof }))).toBe('400 invalid_dpop_proof jti.unused')
  })

  requirement('P-092', 'takes the same jti under two keys', async () => {
    const opened = openServer()
    for (const signer of [key, await generateKey('ES256')]) {
      const parts = { method: 'POST', url: issuer + path, now: opened.clock.now(), jti: 'the-same-jti' }
      const proof = await forgeProof(signer, parts)
      expect((await sendTo(opened, { proof: String(proof) })).ok).toBe(true)
    }
  })

  requirement(
    ['DPOP-4.2-14', 'P-064', 'P-090'],
    'takes extra members, an htu with a query, and an ath',
    async () => {
      const opened = openServer()
      for (const defect of ['extra-claims', 'htu-with-query', 'htu-case', 'ath-other'] as const) {
        expect((await sendTo(opened, { proof: await forged(opened, path, defect) })).ok, defect).toBe(true)
      }
    },
  )
})

describe('nonces', () => {
  requirement(
    ['P-081', 'DPOP-8-02', 'DPOP-8-05', 'R-015'],
    'are asked for with 400, one DPoP-Nonce header and no-store',
    async () => {
      const opened = openServerWithNonces()
      for (const path of paths) {
        const response = await endpoints[path](opened, {})
        expect(response.headers.get('dpop-nonce')).toBe(await opened.nonces.issue(opened.clock.now()))
        expect(await refusal(response)).toBe('400 use_dpop_nonce nonce.match')
      }
    },
  )

  requirement(
    ['P-083', 'DPOP-8.2-02'],
    'of the step before are taken, and the answer brings the new one; otherwise none',
    async () => {
      for (const path of paths) {
        const opened = openServerWithNonces()
        const nonce = await opened.nonces.issue(opened.clock.now())
        const first = await endpoints[path](opened, { nonce })
        expect([first.ok, first.headers.get('dpop-nonce')]).toEqual([true, null])

        opened.clock.advance(60)
        const second = await endpoints[path](opened, { nonce })
        expect([second.ok, second.headers.get('dpop-nonce')]).toEqual([
          true,
          await opened.nonces.issue(opened.clock.now()),
        ])
      }
    },
  )

  requirement(
    'P-001',
    'are not asked for at PAR where there is no proof, with or without dpop_jkt',
    async () => {
      const opened = openServerWithNonces()
      for (const dpop_jkt of [undefined, key.jkt]) {
        const parameters = authorizationParameters('playground', { dpop_jkt })
        expect((await send(opened, '/par', parameters, { proof: false })).status).toBe(201)
      }
    },
  )

  requirement('P-001', 'come along where the proof itself is missing', async () => {
    const opened = openServerWithNonces()
    const response = await endpoints['/token'](opened, { proof: false })
    expect(response.headers.get('dpop-nonce')).toBeTruthy()
    expect(await refusal(response)).toBe('400 invalid_dpop_proof client.requires')
  })
})

requirement('T-046', 'gives one jkt to one key, however its jwk is written', async () => {
  const opened = openServer()
  const { y, x, crv, kty } = key.publicJwk as { x: string; y: string; crv: string; kty: string }
  const parts = { method: 'POST', url: `${issuer}/token`, now: opened.clock.now() }
  const header = { jwk: { y, use: 'sig', x, kid: 'k', crv, kty } }
  const proof = String(await forgeProof(key, { ...parts, header }))
  const response = await endpoints['/token'](opened, { proof })
  expect(decodeJwt((await response.json()).access_token).cnf).toEqual({ jkt: key.jkt })
})

requirement(['P-062', 'R-009'], 'a proof for one endpoint is refused at another', async () => {
  const opened = openServer()
  const proof = await createProof(key, { method: 'POST', url: `${issuer}/token`, now: opened.clock.now() })
  expect(await refusal(await send(opened, '/par', authorizationParameters('playground'), { proof }))).toBe(
    '400 invalid_dpop_proof htu.match',
  )
})
