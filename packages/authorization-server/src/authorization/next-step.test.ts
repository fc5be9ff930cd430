import { requirement } from '@keybound/testkit'
import { SignJWT } from 'jose'
import { describe, expect, test } from 'vitest'
import { answered, authorizationParameters, begun, finish, sessionOf, tokensFor } from '../../test/flow.ts'
import type { Parameters } from '../../test/requests.ts'
import { alice, bob, issuer, type Opened, openServer, signingKeys } from '../../test/server.ts'
import type { UserSession } from '../session/user-session.ts'
import { signJwt } from '../token/sign-jwt.ts'
import { nextStep } from './next-step.ts'
import { recordLogin, resumeAuthorization } from './transaction.ts'

/** The step of a fresh transaction, or the error that it is answered with. */
async function stepFor(
  opened: Opened,
  client: 'web' | 'playground',
  change: Parameters,
  session?: UserSession,
) {
  const step = await nextStep(
    opened.server,
    await begun(opened, authorizationParameters(client, change)),
    session,
  )
  if (step.next !== 'answer') return step.next
  const { code, error } = answered(step.response)
  return code ? 'code' : error
}

/** alice has allowed `web` before. */
async function withConsent(): Promise<Opened> {
  const opened = openServer()
  await finish(opened, await begun(opened, authorizationParameters('web')))
  return opened
}

describe('login', () => {
  test('is asked for where nobody is signed in, and not where somebody is', async () => {
    const opened = openServer()
    expect(await stepFor(opened, 'playground', {})).toBe('login')
    expect(await stepFor(opened, 'playground', {}, sessionOf(opened))).toBe('consent')
  })

  requirement(
    'A-014',
    'is asked for again by prompt=login and max_age, once, and auth_time is fresh',
    async () => {
      const opened = await withConsent()
      const old = sessionOf(opened)
      opened.clock.advance(100)
      expect(await stepFor(opened, 'web', { max_age: '100' }, old)).toBe('code')
      for (const change of [
        { prompt: 'login' },
        { prompt: 'select_account' },
        { max_age: '99' },
        { max_age: '0' },
      ]) {
        expect(await stepFor(opened, 'web', change, old), JSON.stringify(change)).toBe('login')
        const transaction = await begun(opened, authorizationParameters('web', change))
        const fresh = sessionOf(opened)
        const after = await recordLogin(opened.server, transaction, fresh)
        expect((await nextStep(opened.server, after, fresh)).next).toBe('answer')
      }
    },
  )

  test('of another user in another tab does not count for this transaction', async () => {
    const opened = await withConsent()
    const transaction = await begun(opened, authorizationParameters('web', { prompt: 'login' }))
    const after = await recordLogin(opened.server, transaction, sessionOf(opened, alice))
    expect((await nextStep(opened.server, after, sessionOf(opened, bob))).next).toBe('login')
  })
})

describe('consent', () => {
  test('is remembered for confidential clients, for the scope that was allowed', async () => {
    const opened = await withConsent()
    const session = sessionOf(opened)
    expect(await stepFor(opened, 'web', {}, session)).toBe('code')
    expect(await stepFor(opened, 'web', { scope: 'openid' }, session)).toBe('code')
    expect(await stepFor(opened, 'web', { scope: 'openid profile:write' }, session)).toBe('consent')
    expect(await stepFor(opened, 'web', { prompt: 'consent' }, session)).toBe('consent')
    expect(await stepFor(opened, 'web', {}, sessionOf(opened, bob))).toBe('consent')

    await finish(opened, await begun(opened, authorizationParameters('web', { scope: 'profile:write' })))
    expect(await stepFor(opened, 'web', {}, session), 'what was allowed earlier stays allowed').toBe('code')
  })

  requirement('DPOP-11.4-02', 'is never remembered for public clients', async () => {
    const opened = openServer()
    await finish(opened, await begun(opened, authorizationParameters('playground')))
    expect(await opened.stores.consents.list(alice)).toEqual([])
    expect(await stepFor(opened, 'playground', {}, sessionOf(opened))).toBe('consent')
    expect(await stepFor(opened, 'playground', { prompt: 'none' }, sessionOf(opened))).toBe(
      'consent_required',
    )
  })
})

describe('prompt=none', () => {
  requirement('A-013', 'never asks: it answers, and ends the transaction', async () => {
    const opened = await withConsent()
    expect(await stepFor(opened, 'web', { prompt: 'none' })).toBe('login_required')
    expect(await stepFor(opened, 'web', { prompt: 'none' }, sessionOf(opened, bob))).toBe('consent_required')
    expect(await stepFor(opened, 'web', { prompt: 'none' }, sessionOf(opened))).toBe('code')

    const transaction = await begun(opened, authorizationParameters('web', { prompt: 'none' }))
    await nextStep(opened.server, transaction, undefined)
    await expect(nextStep(opened.server, transaction, undefined)).rejects.toMatchObject({
      reason: 'transaction.live',
    })
  })
})

describe('id_token_hint', () => {
  requirement('A-026', 'never signs in anybody, and forbids everybody else', async () => {
    const opened = await withConsent()
    const { id_token: hint } = await tokensFor(opened, 'web')
    expect(await stepFor(opened, 'web', { id_token_hint: hint })).toBe('login')
    expect(await stepFor(opened, 'web', { id_token_hint: hint }, sessionOf(opened, alice))).toBe('code')
    expect(await stepFor(opened, 'web', { id_token_hint: hint }, sessionOf(opened, bob))).toBe('login')
    expect(
      await stepFor(opened, 'web', { id_token_hint: hint, prompt: 'none' }, sessionOf(opened, bob)),
    ).toBe('login_required')

    const transaction = await begun(opened, authorizationParameters('web', { id_token_hint: hint }))
    const after = await recordLogin(opened.server, transaction, sessionOf(opened, bob))
    const step = await nextStep(opened.server, after, sessionOf(opened, bob))
    expect(step.next === 'answer' && answered(step.response).error).toBe('login_required')
  })

  requirement('A-026', 'has to be ours, live and of this client', async () => {
    const opened = openServer()
    const { id_token: hint, access_token } = await tokensFor(opened, 'web')
    const claims = { iss: issuer, sub: alice, aud: 'web', exp: opened.clock.now() + 60 }
    const foreign = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .sign(new TextEncoder().encode('a secret of at least thirty-two bytes'))
    const elsewhere = await signJwt(await signingKeys.active('id token'), 'JWT', {
      ...claims,
      iss: 'https://other.example',
    })
    for (const bad of ['x', foreign, elsewhere, access_token]) {
      const answer = await begun(opened, authorizationParameters('web', { id_token_hint: bad })).catch(String)
      expect(answer).toMatch(/^Error: Not begun/)
    }
    await expect(
      begun(opened, authorizationParameters('playground', { id_token_hint: hint })),
    ).rejects.toThrow()
    opened.clock.advance(300)
    await expect(begun(opened, authorizationParameters('web', { id_token_hint: hint }))).rejects.toThrow()
  })
})

describe('a transaction', () => {
  requirement('U-018', 'belongs to the browser that began it, and ends after ten minutes', async () => {
    const opened = openServer()
    const { id, browserHash } = await begun(opened, authorizationParameters('web'))
    expect((await resumeAuthorization(opened.server, id, browserHash)).id).toBe(id)
    const refused = (hash: string, of = id) =>
      resumeAuthorization(opened.server, of, hash).catch(({ reason }) => reason)
    expect(await refused('another browser')).toBe('transaction.browser')
    expect(await refused(browserHash, 'txn_x')).toBe('transaction.live')
    const transaction = await begun(opened, authorizationParameters('web'))
    opened.clock.advance(600)
    expect(await refused(browserHash)).toBe('transaction.live')
    await expect(nextStep(opened.server, transaction, undefined)).rejects.toMatchObject({
      reason: 'transaction.live',
    })
  })
})
