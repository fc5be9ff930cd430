import { requirement } from '@keybound/testkit'
import { describe, expect, test } from 'vitest'
import { clients } from '../../test/clients.ts'
import { answered, authorizationParameters, begun, finish, sessionOf } from '../../test/flow.ts'
import { bob, issuer, type Opened, openServer } from '../../test/server.ts'
import { approve } from './approve.ts'
import { nextStep } from './next-step.ts'
import { deny } from './refuse-authorization.ts'
import type { AuthorizationTransaction } from './transactions.ts'

async function askedFor(opened: Opened, change = {}): Promise<AuthorizationTransaction> {
  const transaction = await begun(opened, authorizationParameters('web', change))
  const step = await nextStep(opened.server, transaction, sessionOf(opened))
  if (step.next !== 'consent') throw new Error(step.next)
  return step.transaction
}

describe('yes', () => {
  requirement(
    ['A-012', 'A-021', 'A-023', 'ISS-01', 'BCP-07'],
    'answers with 303, code, state and iss, without a referrer',
    async () => {
      const opened = openServer()
      const response = await approve(opened.server, await askedFor(opened), sessionOf(opened))
      expect(response.status).toBe(303)
      expect(response.headers.get('referrer-policy')).toBe('no-referrer')
      expect(response.headers.get('cache-control')).toBe('no-store')
      expect(answered(response)).toEqual({
        code: expect.stringMatching(/^code_/),
        state: 'a state',
        iss: issuer,
      })
    },
  )

  requirement(['U-006', 'U-015'], 'counts once: of eight at once one gets a code', async () => {
    const opened = openServer()
    const transaction = await askedFor(opened)
    const posts = Array.from({ length: 8 }, () => approve(opened.server, transaction, sessionOf(opened)))
    const outcomes = await Promise.allSettled(posts)
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason.reason).toBe('transaction.live')
    }
  })

  test('counts only from the user who was asked, and after every login that is due', async () => {
    const opened = openServer()
    const refused = (transaction: AuthorizationTransaction, subject?: string) =>
      approve(opened.server, transaction, sessionOf(opened, subject)).catch(({ reason }) => reason)
    expect(await refused(await askedFor(opened), bob)).toBe('transaction.user')
    expect(await refused(await begun(opened, authorizationParameters('web')))).toBe('transaction.user')
    const transaction = await begun(opened, authorizationParameters('web', { prompt: 'login' }))
    expect(await refused({ ...transaction, subject: sessionOf(opened).subject })).toBe('transaction.step')
    const late = await askedFor(opened)
    opened.clock.advance(600)
    expect(await refused(late)).toBe('transaction.live')
  })
})

requirement(['A-029', 'U-014'], 'no, on either page, is access_denied with state and iss, once', async () => {
  const opened = openServer()
  for (const transaction of [await begun(opened, authorizationParameters('web')), await askedFor(opened)]) {
    const response = await deny(opened.server, transaction)
    expect(response.status).toBe(303)
    expect(answered(response)).toEqual({
      error: 'access_denied',
      error_description: 'user.agreed: The user said no.',
      state: 'a state',
      iss: issuer,
    })
    await expect(deny(opened.server, transaction)).rejects.toMatchObject({ reason: 'transaction.live' })
    await expect(approve(opened.server, transaction, sessionOf(opened))).rejects.toThrow()
  }
})

describe('the answer', () => {
  requirement(
    'A-027',
    'keeps the query of the registered redirect_uri, in success and in error',
    async () => {
      const opened = openServer()
      const expected = `${clients.shop.redirect_uris[0]}&`
      const yes = await finish(opened, await begun(opened, authorizationParameters('shop')))
      const no = await deny(opened.server, await begun(opened, authorizationParameters('shop')))
      for (const response of [yes, no]) {
        expect(response.headers.get('location')?.startsWith(expected)).toBe(true)
        expect(answered(response)).toMatchObject({ shop: '1', state: 'a state', iss: issuer })
      }
    },
  )

  requirement(
    'A-020',
    'by form_post is a page that posts to the client alone, with everything escaped',
    async () => {
      const opened = openServer()
      const change = { response_mode: 'form_post', state: '"><script>alert(1)</script>' }
      const response = await finish(
        opened,
        await begun(opened, authorizationParameters('playground', change)),
      )
      expect(response.status).toBe(200)
      expect(response.headers.get('content-security-policy')).toContain(
        'form-action https://playground.example;',
      )
      const page = await response.text()
      expect(page).toContain('action="https://playground.example/callback"')
      expect(page).not.toContain('<script>alert')
    },
  )
})
