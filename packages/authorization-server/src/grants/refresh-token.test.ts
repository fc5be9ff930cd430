import { requirement } from '@keybound/testkit'
import { decodeJwt } from 'jose'
import { describe, expect, test } from 'vitest'
import { otherApi } from '../../test/clients.ts'
import { refresh, tokensFor } from '../../test/flow.ts'
import { refusal } from '../../test/refusal.ts'
import { key, otherKey, type Parameters, type Sent, send } from '../../test/requests.ts'
import { issuer, type Opened, openServer } from '../../test/server.ts'

const dead = '400 invalid_grant refresh.live'
const reused = '400 invalid_grant refresh.reused'

async function refreshed(opened: Opened, token: string, sent: Sent = {}, change: Parameters = {}) {
  const response = await send(opened, '/token', refresh(token, change), sent)
  if (!response.ok) return { refused: await refusal(response), refresh_token: '', access_token: '' }
  return { refused: undefined, ...(await response.json()) }
}

describe('the key', () => {
  requirement(
    ['T-032', 'DPOP-5-08', 'RFC6749-09'],
    'of a public client refreshes, and the new token has the same jkt',
    async () => {
      const opened = openServer()
      const { refresh_token } = await tokensFor(opened)
      const tokens = await refreshed(opened, refresh_token)
      expect(tokens.token_type).toBe('DPoP')
      expect(decodeJwt(tokens.access_token).cnf).toEqual({ jkt: key.jkt })
    },
  )

  requirement(['T-033', 'DPOP-5-09'], 'of a public client is needed: no proof, no tokens', async () => {
    for (const client of ['playground', 'loose'] as const) {
      const opened = openServer()
      const { refresh_token } = await tokensFor(opened, client)
      expect((await refreshed(opened, refresh_token, { client, proof: false })).refused).toBe(
        '400 invalid_dpop_proof client.requires',
      )
      expect((await refreshed(opened, refresh_token, { client })).refused).toBeUndefined()
    }
  })

  requirement(['T-034', 'DPOP-5-09'], 'of somebody else is refused, and the family lives on', async () => {
    const opened = openServer()
    const { refresh_token } = await tokensFor(opened)
    expect((await refreshed(opened, refresh_token, { proof: otherKey })).refused).toBe(
      '400 invalid_grant refresh.jkt',
    )
    expect((await refreshed(opened, refresh_token)).refused).toBeUndefined()
  })

  requirement(
    'T-053',
    'of somebody else with a rotated-out token is refused as such, and the family lives on',
    async () => {
      const opened = openServer()
      const { refresh_token: first } = await tokensFor(opened)
      const { refresh_token: second } = await refreshed(opened, first)
      opened.clock.advance(11)
      expect((await refreshed(opened, first, { proof: otherKey })).refused).toBe(
        '400 invalid_grant refresh.jkt',
      )
      expect((await refreshed(opened, second)).refused).toBeUndefined()
    },
  )

  requirement(
    ['T-040', 'DPOP-5-11'],
    'of a confidential client may change, and the new token has the new jkt',
    async () => {
      const opened = openServer()
      const { refresh_token } = await tokensFor(opened, 'web')
      const tokens = await refreshed(opened, refresh_token, { client: 'web', proof: otherKey })
      expect(decodeJwt(tokens.access_token).cnf).toEqual({ jkt: otherKey.jkt })
    },
  )
})

describe('what it gives', () => {
  requirement('T-035', 'nothing to another client', async () => {
    const opened = openServer()
    const { refresh_token } = await tokensFor(opened)
    expect((await refreshed(opened, refresh_token, { client: 'cli' })).refused).toBe(
      '400 invalid_grant refresh.client',
    )
    expect((await refreshed(opened, refresh_token)).refused).toBeUndefined()
  })

  requirement(
    ['T-036', 'RFC6749-09', 'RFC8707-03'],
    'never more scope or other resources than granted',
    async () => {
      const opened = openServer()
      const { refresh_token } = await tokensFor(opened)
      const wider = await refreshed(opened, refresh_token, {}, { scope: 'profile profile:write' })
      expect(wider.refused).toBe('400 invalid_scope scope.granted')
      const elsewhere = await refreshed(opened, refresh_token, {}, { resource: otherApi })
      expect(elsewhere.refused).toBe('400 invalid_target resource.granted')

      const narrow = await refreshed(opened, refresh_token, {}, { scope: 'profile' })
      expect(narrow.scope).toBe('profile')
      expect(decodeJwt(narrow.access_token).aud).not.toContain(issuer)
      expect((await refreshed(opened, narrow.refresh_token)).scope).toBe('openid profile offline_access')
    },
  )

  requirement('T-041', 'nothing for an access token, a code or nothing', async () => {
    const opened = openServer()
    const { access_token } = await tokensFor(opened)
    expect((await refreshed(opened, access_token)).refused).toBe(dead)
    expect((await refreshed(opened, 'code_x')).refused).toBe(dead)
    expect((await refreshed(opened, '')).refused).toBe('400 invalid_request refresh.present')
  })

  test('an ID token that says the same of the user: iss, sub, aud and auth_time, without a nonce', async () => {
    const opened = openServer()
    const first = await tokensFor(opened, 'playground', { nonce: 'n-1' })
    opened.clock.advance(100)
    const before = decodeJwt(first.id_token)
    const after = decodeJwt((await refreshed(opened, first.refresh_token)).id_token)
    const { iss, sub, aud, auth_time } = before
    expect(before.nonce).toBe('n-1')
    expect(after).toMatchObject({ iss, sub, aud, auth_time, iat: Number(before.iat) + 100 })
    expect(after).not.toHaveProperty('nonce')
  })
})

describe('rotation', () => {
  requirement(
    ['BCP-05', 'T-037'],
    'a lost answer: within 10 s the old token gives a new successor, and the unused one is void',
    async () => {
      const opened = openServer()
      const { refresh_token: first } = await tokensFor(opened)
      const lost = await refreshed(opened, first)
      opened.clock.advance(10)
      const found = await refreshed(opened, first)
      expect(found.refused).toBeUndefined()
      expect((await refreshed(opened, lost.refresh_token)).refused).toBe(dead)
      expect((await refreshed(opened, found.refresh_token)).refused).toBeUndefined()
    },
  )

  requirement(
    'T-037',
    'after 10 s the old token ends the family; trying again does not prolong that',
    async () => {
      const opened = openServer()
      const { refresh_token: first } = await tokensFor(opened)
      await refreshed(opened, first)
      opened.clock.advance(9)
      const second = await refreshed(opened, first)
      opened.clock.advance(1.1)
      expect((await refreshed(opened, first)).refused).toBe(reused)
      expect((await refreshed(opened, second.refresh_token)).refused).toBe(dead)
      expect((await refreshed(opened, first)).refused).toBe(dead)
    },
  )

  test('once the successor was used, the old token ends the family even within 10 s', async () => {
    const opened = openServer()
    const { refresh_token: first } = await tokensFor(opened)
    const second = await refreshed(opened, first)
    const third = await refreshed(opened, second.refresh_token)
    expect((await refreshed(opened, first)).refused).toBe(reused)
    expect((await refreshed(opened, third.refresh_token)).refused).toBe(dead)
  })

  test('is off for confidential clients unless they ask for it (FAPI-01)', async () => {
    const opened = openServer()
    const { refresh_token } = await tokensFor(opened, 'web')
    const tokens = await refreshed(opened, refresh_token, { client: 'web' })
    expect(tokens).not.toHaveProperty('refresh_token')
    expect((await refreshed(opened, refresh_token, { client: 'web' })).refused).toBeUndefined()

    const rotating = await tokensFor(opened, 'shop')
    const next = await refreshed(opened, rotating.refresh_token, { client: 'shop' })
    expect(next.refresh_token).toMatch(/^rt_/)
    opened.clock.advance(11)
    expect((await refreshed(opened, rotating.refresh_token, { client: 'shop' })).refused).toBe(reused)
  })

  requirement(
    'BROWSER-08',
    'ends what is not used for a week, and everything after thirty days',
    async () => {
      const idle = openServer()
      const { refresh_token } = await tokensFor(idle)
      idle.clock.advance(7 * 86_400)
      expect((await refreshed(idle, refresh_token)).refused).toBe(dead)

      const opened = openServer()
      let token = (await tokensFor(opened)).refresh_token
      for (let day = 6; day < 30; day += 6) {
        opened.clock.advance(6 * 86_400)
        token = (await refreshed(opened, token)).refresh_token
        expect(token, `day ${day}`).toMatch(/^rt_/)
      }
      opened.clock.advance(6 * 86_400)
      expect((await refreshed(opened, token)).refused).toBe(dead)
    },
  )
})
