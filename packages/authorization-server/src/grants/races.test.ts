import { createProof } from '@keybound/dpop'
import { requirement } from '@keybound/testkit'
import { describe, expect, test } from 'vitest'
import { codeFor, exchange, refresh, tokensFor } from '../../test/flow.ts'
import { refusal } from '../../test/refusal.ts'
import { key, send } from '../../test/requests.ts'
import { openServer } from '../../test/server.ts'
import { secretHash } from '../secret-hash.ts'
import type { GrantStore } from './grant-store.ts'

const racers = 8

function race<T>(run: () => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: racers }, run))
}

describe('eight at once', () => {
  requirement(
    ['T-001', 'RFC6749-04'],
    'with one code: one gets tokens, seven get invalid_grant',
    async () => {
      for (let round = 0; round < 25; round++) {
        const opened = openServer()
        const code = await codeFor(opened)
        const responses = await race(() => send(opened, '/token', exchange('playground', code)))
        const won = responses.filter(({ ok }) => ok)
        expect(won).toHaveLength(1)
        for (const lost of responses.filter(({ ok }) => !ok)) {
          expect(await refusal(lost)).toBe('400 invalid_grant code.live')
        }
      }
    },
  )

  requirement(
    'T-037',
    'with one refresh token: each gets tokens or invalid_grant, and one successor lives',
    async () => {
      for (let round = 0; round < 25; round++) {
        const opened = openServer()
        const { refresh_token } = await tokensFor(opened)
        const responses = await race(() => send(opened, '/token', refresh(refresh_token)))
        const successors: string[] = []
        for (const response of responses) {
          if (response.ok) successors.push((await response.json()).refresh_token)
          else expect(await refusal(response)).toBe('400 invalid_grant refresh.live')
        }
        expect(successors.length).toBeGreaterThan(0)
        const later = await Promise.all(successors.map((token) => send(opened, '/token', refresh(token))))
        expect(later.filter(({ ok }) => ok)).toHaveLength(1)
      }
    },
  )

  requirement('L-001', 'with one proof: one gets tokens, seven are replays', async () => {
    const opened = openServer()
    const proof = await createProof(key, {
      method: 'POST',
      url: opened.server.endpoints.token,
      now: opened.clock.now(),
    })
    const parameters = { grant_type: 'client_credentials' }
    const responses = await race(() => send(opened, '/token', parameters, { client: 'service', proof }))
    expect(responses.filter(({ ok }) => ok)).toHaveLength(1)
    for (const lost of responses.filter(({ ok }) => !ok)) {
      expect(await refusal(lost)).toBe('400 invalid_dpop_proof jti.unused')
    }
  })
})

test('a grant that is revoked while its refresh token is judged gives nothing more', async () => {
  for (const client of ['playground', 'web'] as const) {
    const opened = openServer()
    const { refresh_token } = await tokensFor(opened, client)
    const { grantStore } = opened.stores
    const found = await grantStore.findRefreshToken(secretHash(refresh_token))
    const revoke = { do: 'revoke grant', grantId: found?.grant.id ?? '', at: opened.clock.now() } as const
    const slow: GrantStore = {
      ...grantStore,
      async commit(writes) {
        await grantStore.commit([revoke])
        return grantStore.commit(writes)
      },
    }
    const meanwhile = { ...opened, server: { ...opened.server, grantStore: slow } }
    const response = await send(meanwhile, '/token', refresh(refresh_token), { client })
    expect(await refusal(response)).toBe('400 invalid_grant refresh.live')
  }
})
