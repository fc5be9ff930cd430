import { createNonces } from '@keybound/dpop'
import { requirement } from '@keybound/testkit'
import { expect } from 'vitest'
import { authorizationParameters, codeFor, exchange } from '../test/flow.ts'
import { refusal } from '../test/refusal.ts'
import { send } from '../test/requests.ts'
import { openServer, openServerWithNonces } from '../test/server.ts'

const syntax = /^[\x21\x23-\x5b\x5d-\x7e]+$/

requirement(
  ['DPOP-8-01', 'DPOP-8-09', 'DPOP-8.1-01'],
  'whether nonces are asked for is the policy of the server; where they are, the refusal carries one, in NQCHAR',
  async () => {
    const free = openServer()
    const accepted = await send(free, '/token', exchange('playground', await codeFor(free)))
    expect([accepted.status, accepted.headers.get('dpop-nonce')]).toEqual([200, null])

    const asking = openServerWithNonces()
    const refused = await send(asking, '/token', exchange('playground', await codeFor(asking)))
    expect(refused.headers.get('dpop-nonce')).toMatch(syntax)
    expect(await refusal(refused)).toBe('400 use_dpop_nonce nonce.match')
  },
)

requirement(
  ['DPOP-8-04', 'DPOP-8-08', 'P-082', 'P-087'],
  'a nonce that is stale, foreign, cut or changed in one character is answered with use_dpop_nonce and a new one',
  async () => {
    const opened = openServerWithNonces()
    const { nonces, clock } = opened
    const good = await nonces.issue(clock.now())
    const foreign = createNonces({ secret: 'the secret of another server, 32 bytes' })
    const values = [
      await nonces.issue(clock.now() - 120),
      await foreign.issue(clock.now()),
      await nonces.issue(clock.now() + 60),
      good.slice(0, -20),
      `${good.slice(0, -1)}${good.endsWith('A') ? 'B' : 'A'}`,
      `${good}A`,
      good.toUpperCase(),
      'x',
    ]
    for (const nonce of values) {
      const response = await send(opened, '/token', exchange('playground', 'code_x'), { nonce })
      expect(response.headers.get('dpop-nonce')).toBe(good)
      expect(await refusal(response), nonce).toBe('400 use_dpop_nonce nonce.match')
    }
  },
)

requirement(
  ['DPOP-8-10', 'DPOP-10.1-06'],
  'a server that comes up with another secret heals in one round trip, at PAR and at the token endpoint',
  async () => {
    for (const path of ['/par', '/token'] as const) {
      const before = openServerWithNonces()
      const known = await before.nonces.issue(before.clock.now())
      const nonces = createNonces({ secret: 'a new secret after the restart, 32 b.' })
      const after = openServer({ nonces })
      const parameters =
        path === '/par' ? authorizationParameters('playground') : exchange('playground', await codeFor(after))
      const refused = await send(after, path, parameters, { nonce: known })
      const nonce = refused.headers.get('dpop-nonce') ?? ''
      expect(await refusal(refused)).toBe('400 use_dpop_nonce nonce.match')
      expect((await send(after, path, parameters, { nonce })).ok).toBe(true)
    }
  },
)

requirement(
  ['DPOP-11.3-01', 'DPOP-4.3-10'],
  'no request gets by without a nonce once there are nonces: not at /token, /par or /revoke, not after one that had it',
  async () => {
    const opened = openServerWithNonces()
    const nonce = await opened.nonces.issue(opened.clock.now())
    const requests = [
      ['/token', async () => exchange('playground', await codeFor(opened))],
      ['/par', async () => authorizationParameters('playground')],
      ['/revoke', async () => ({ token: 'rt_x' })],
    ] as const
    for (const [path, parameters] of requests) {
      expect((await send(opened, path, await parameters(), { nonce })).ok).toBe(true)
      expect(await refusal(await send(opened, path, await parameters()))).toBe(
        '400 use_dpop_nonce nonce.match',
      )
    }
  },
)

requirement(
  ['DPOP-11.1-06', 'DPOP-8.2-01'],
  'one nonce is good for many requests, each with a proof of its own',
  async () => {
    const opened = openServerWithNonces()
    const nonce = await opened.nonces.issue(opened.clock.now())
    for (let i = 0; i < 5; i++) {
      const response = await send(opened, '/token', exchange('playground', await codeFor(opened)), { nonce })
      expect(response.status).toBe(200)
    }
  },
)
