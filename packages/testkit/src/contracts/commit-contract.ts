import type { Write } from '@keybound/authorization-server'
import { describe, expect, test } from 'vitest'
import { requirement } from '../requirement.ts'
import {
  aCode,
  aGrant,
  aPushedRequest,
  aRefreshToken,
  aRequest,
  aTransaction,
  fresh,
  start,
} from './records.ts'
import { type Open, openedForEachTest } from './stores-under-test.ts'

export function commitContract(
  name: string,
  open: Open<'grantStore' | 'transactions' | 'pushedRequests' | 'ledger' | 'sweep'>,
): void {
  describe(`the commits of ${name}`, () => {
    const stores = openedForEachTest(open)

    function commit(...writes: Write[]): Promise<Write | undefined> {
      return stores().grantStore.commit(writes)
    }

    test('give back a code and a grant as they were inserted, and undefined for others', async () => {
      const request = aRequest({ state: 's', dpopJkt: undefined, maxAge: 0, loginHint: 'zoë' } as never)
      const code = aCode({ request, sessionId: 'session' })
      const grant = aGrant({ sessionId: 'session' })
      expect(await commit({ do: 'insert code', code }, { do: 'insert grant', grant })).toBeUndefined()
      expect(await stores().grantStore.findCode(code.hash)).toEqual(code)
      expect(await stores().grantStore.findGrant(grant.id)).toEqual(grant)
      expect(await stores().grantStore.findCode('another')).toBeUndefined()
      expect(await stores().grantStore.findGrant('another')).toBeUndefined()
      expect(await commit()).toBeUndefined()
    })

    test('consume a code once, and say then when and for which grant', async () => {
      const code = aCode()
      const consume = { do: 'consume code', hash: code.hash, grantId: 'g', at: start + 1.5 } as const
      expect(await commit({ do: 'insert code', code })).toBeUndefined()
      expect(await commit(consume)).toBeUndefined()
      expect(await commit({ ...consume, grantId: 'h' })).toEqual({ ...consume, grantId: 'h' })
      expect(await stores().grantStore.findCode(code.hash)).toEqual({
        ...code,
        consumedAt: start + 1.5,
        grantId: 'g',
      })
    })

    test('consume no code that is unknown or whose end has come', async () => {
      const code = aCode({ expiresAt: start + 60 })
      await commit({ do: 'insert code', code })
      const consume = { do: 'consume code', hash: code.hash, grantId: 'g', at: start + 60 } as const
      expect(await commit(consume)).toEqual(consume)
      expect(await commit({ ...consume, hash: 'unknown', at: start })).toBeDefined()
      expect(await commit({ ...consume, at: start + 59.999 })).toBeUndefined()
    })

    requirement(
      'T-001',
      'let one of fifty exchanges of a code win, and leave nothing of the other forty-nine',
      async () => {
        const code = aCode()
        await commit({ do: 'insert code', code })
        const exchanges = Array.from({ length: 50 }, () => {
          const grant = aGrant()
          const key = fresh('')
          return { grant, key, token: aRefreshToken(grant.id) }
        })
        const failed = await Promise.all(
          exchanges.map(({ grant, key, token }) =>
            commit(
              { do: 'remember', key, expiresAt: start + 20, now: start },
              { do: 'insert grant', grant },
              { do: 'consume code', hash: code.hash, grantId: grant.id, at: start },
              { do: 'insert refresh token', token },
            ),
          ),
        )
        expect(failed.filter((write) => write === undefined)).toHaveLength(1)
        for (const [i, { grant, key, token }] of exchanges.entries()) {
          const won = failed[i] === undefined
          if (!won) expect(failed[i]).toMatchObject({ do: 'consume code', grantId: grant.id })
          expect((await stores().grantStore.findGrant(grant.id)) !== undefined).toBe(won)
          expect((await stores().grantStore.findRefreshToken(token.hash)) !== undefined).toBe(won)
          expect(await stores().ledger.remember({ key, expiresAt: start + 20, now: start })).toBe(!won)
        }
      },
    )

    test('remember a proof once, in a commit or outside it', async () => {
      const [first, second] = [fresh(''), fresh('')]
      const remember = { do: 'remember', key: first, expiresAt: start + 20, now: start } as const
      expect(await commit(remember)).toBeUndefined()
      expect(await commit(remember)).toEqual(remember)
      expect(await stores().ledger.remember(remember)).toBe(false)
      expect(await stores().ledger.remember({ ...remember, key: second })).toBe(true)
      expect(await commit({ ...remember, key: second })).toBeDefined()
      expect(await commit({ ...remember, now: start + 21, expiresAt: start + 50 })).toBeUndefined()
    })

    test('remember a client assertion once, with a proof or without', async () => {
      const entry = { expiresAt: start + 300, acceptableFrom: start - 10, now: start }
      const assertion = { do: 'remember', withGrants: true, key: fresh(''), ...entry } as const
      const proof = { do: 'remember', key: fresh(''), ...entry } as const
      expect(await commit(assertion, proof)).toBeUndefined()
      expect(await commit(assertion)).toEqual(assertion)
      expect(await commit(proof)).toEqual(proof)
      const other = { ...proof, key: fresh('') }
      expect(await commit(assertion, other)).toEqual(assertion)
      expect(await commit(other)).toBeUndefined()
    })

    test('see within one commit what its earlier writes did', async () => {
      const remember = { do: 'remember', key: fresh(''), expiresAt: start + 20, now: start } as const
      expect(await commit(remember, remember)).toEqual(remember)
      expect(await commit(remember)).toBeUndefined()
      const grant = aGrant()
      const live = { do: 'require live grant', grantId: grant.id } as const
      expect(await commit({ do: 'insert grant', grant }, live)).toBeUndefined()
      expect(await commit({ do: 'revoke grant', grantId: grant.id, at: start }, live)).toEqual(live)
      expect(await commit(live)).toBeUndefined()
    })

    test('refuse a second record under the same hash or id', async () => {
      const [code, grant] = [aCode(), aGrant()]
      const token = aRefreshToken(grant.id)
      const writes: Write[] = [
        { do: 'insert grant', grant },
        { do: 'insert code', code },
        { do: 'insert refresh token', token },
      ]
      for (const write of writes) expect(await commit(write)).toBeUndefined()
      for (const write of writes) expect(await commit(write)).toEqual(write)
    })

    test('revoke a grant for good, and a second time change nothing', async () => {
      const grant = aGrant()
      await commit({ do: 'insert grant', grant })
      expect(await commit({ do: 'revoke grant', grantId: grant.id, at: start + 1 })).toBeUndefined()
      expect(await commit({ do: 'revoke grant', grantId: grant.id, at: start + 2 })).toBeUndefined()
      expect(await commit({ do: 'revoke grant', grantId: 'unknown', at: start })).toBeUndefined()
      expect(await stores().grantStore.findGrant(grant.id)).toEqual({ ...grant, revokedAt: start + 1 })
      expect(await commit({ do: 'require live grant', grantId: grant.id })).toBeDefined()
      expect(await commit({ do: 'require live grant', grantId: 'unknown' })).toBeDefined()
    })

    test('issue a code together with the end of its transaction and pushed request, or not at all', async () => {
      const [transaction, pushed, code] = [aTransaction(), aPushedRequest(), aCode()]
      await stores().transactions.insert(transaction)
      await stores().pushedRequests.insert(pushed, { most: 1, now: start })
      const finish = { do: 'finish transaction', id: transaction.id } as const
      const spend = { do: 'spend pushed request', hash: pushed.hash } as const
      expect(await commit(finish, spend, { do: 'insert code', code }, finish)).toEqual(finish)
      expect(await stores().transactions.find(transaction.id)).toEqual(transaction)
      expect(await stores().grantStore.findCode(code.hash)).toBeUndefined()
      expect(await commit(finish, spend, { do: 'insert code', code })).toBeUndefined()
      expect(await stores().pushedRequests.find(pushed.hash)).toEqual({ ...pushed, spent: true })
      expect(await commit({ ...spend, hash: 'unknown' })).toBeDefined()
      expect(await commit({ ...finish, id: 'unknown' })).toBeDefined()
    })

    requirement('T-004', 'remember a consumed code for hours, so that its reuse is recognised', async () => {
      const [code, grant] = [aCode(), aGrant({ expiresAt: start + 1e6 })]
      await commit(
        { do: 'insert code', code },
        { do: 'insert grant', grant },
        { do: 'consume code', hash: code.hash, grantId: grant.id, at: start },
      )
      await stores().sweep(start + 7200)
      expect(await stores().grantStore.findCode(code.hash)).toMatchObject({ grantId: grant.id })
      await stores().sweep(start + 5e5)
      expect(await stores().grantStore.findCode(code.hash)).toBeUndefined()
      expect(await stores().grantStore.findGrant(grant.id)).toBeDefined()
      await stores().sweep(start + 2e6)
      expect(await stores().grantStore.findGrant(grant.id)).toBeUndefined()
    })
  })
}
