import { OAuthError } from '@keybound/oauth'
import { requirement } from '@keybound/testkit'
import { describe, expect } from 'vitest'
import { refresh, tokensFor } from '../test/flow.ts'
import { refusal } from '../test/refusal.ts'
import { type Sent, send } from '../test/requests.ts'
import { type Opened, openServer } from '../test/server.ts'

function revoke(opened: Opened, token: string, sent: Sent = {}) {
  return send(opened, '/revoke', { token }, { proof: false, ...sent })
}

async function isActive(opened: Opened, token: string): Promise<boolean> {
  const response = await send(opened, '/introspect', { token }, { client: 'resource-api', proof: false })
  return (await response.json()).active
}

describe('revoking', () => {
  requirement(
    'REVOKE-04',
    'takes both kinds of token, and is 503 with Retry-After while the store is down',
    async () => {
      const opened = openServer()
      const tokens = await tokensFor(opened)
      async function commit(): Promise<undefined> {
        throw new OAuthError('temporarily_unavailable', 'store.available', 'The store does not answer.')
      }
      const server = { ...opened.server, grantStore: { ...opened.server.grantStore, commit } }
      for (const token of [tokens.access_token, tokens.refresh_token]) {
        const response = await revoke({ ...opened, server }, token)
        expect(response.headers.get('retry-after')).toBe('1')
        expect(await refusal(response)).toBe('503 temporarily_unavailable store.available')
        expect(await isActive(opened, tokens.access_token)).toBe(true)
      }
    },
  )

  requirement(
    ['I-007', 'REVOKE-03'],
    'a refresh token ends its grant and every access token of it',
    async () => {
      const opened = openServer()
      const { access_token, refresh_token } = await tokensFor(opened)
      const response = await revoke(opened, refresh_token)
      expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store'])
      expect(await isActive(opened, access_token)).toBe(false)
      expect(await refusal(await send(opened, '/token', refresh(refresh_token)))).toBe(
        '400 invalid_grant refresh.live',
      )
    },
  )

  requirement('REVOKE-01', 'an access token ends that one alone', async () => {
    const opened = openServer()
    const { access_token, refresh_token } = await tokensFor(opened)
    expect((await revoke(opened, access_token)).status).toBe(200)
    expect((await revoke(opened, access_token)).status, 'twice').toBe(200)
    expect(await isActive(opened, access_token)).toBe(false)
    const next = await (await send(opened, '/token', refresh(refresh_token))).json()
    expect(await isActive(opened, next.access_token)).toBe(true)
  })

  requirement('I-006', "another client's token changes nothing, and is answered alike", async () => {
    const opened = openServer()
    const { access_token, refresh_token } = await tokensFor(opened)
    for (const token of [access_token, refresh_token]) {
      expect((await revoke(opened, token, { client: 'loose' })).status).toBe(200)
    }
    expect(await isActive(opened, access_token)).toBe(true)
    expect((await send(opened, '/token', refresh(refresh_token))).status).toBe(200)
  })

  requirement('REVOKE-02', 'what is unknown, expired or garbage is 200 too', async () => {
    const opened = openServer()
    const { access_token } = await tokensFor(opened)
    opened.clock.advance(300)
    for (const token of [access_token, 'rt_x', 'x.y.z', '\u{1f512}']) {
      expect((await revoke(opened, token)).status).toBe(200)
    }
    expect(await refusal(await revoke(opened, ''))).toBe('400 invalid_request token.present')
  })

  requirement(
    ['REVOKE-01', 'PKJWT-03'],
    'takes an authenticated client, and each of its assertions once',
    async () => {
      const opened = openServer()
      const { refresh_token } = await tokensFor(opened, 'web')
      expect(await refusal(await revoke(opened, refresh_token, { client: 'nobody' }))).toBe(
        '401 invalid_client client.auth',
      )
      expect((await revoke(opened, refresh_token, { client: 'web' })).status).toBe(200)
    },
  )
})
