import { describe, expect, test } from 'vitest'
import { requirement } from '../requirement.ts'
import { aPushedRequest, aRequest, start } from './records.ts'
import { type Open, openedForEachTest } from './stores-under-test.ts'

const plenty = { most: 1000, now: start }

export function pushedRequestsContract(
  name: string,
  open: Open<'pushedRequests' | 'grantStore' | 'sweep'>,
): void {
  describe(`the pushed requests of ${name}`, () => {
    const stores = openedForEachTest(open)

    test('gives back what was pushed, unspent, expired or not', async () => {
      const request = aRequest({
        state: 'ü "state"',
        maxAge: 0,
        prompt: ['login', 'consent'],
        idTokenNonce: 'n',
      })
      const pushed = aPushedRequest({ request, expiresAt: start - 1 })
      await stores().pushedRequests.insert(pushed, plenty)
      expect(await stores().pushedRequests.find(pushed.hash)).toEqual({ ...pushed, spent: false })
      expect(await stores().pushedRequests.find('another')).toBeUndefined()
    })

    test('is spent exactly once, however many try at once', async () => {
      const pushed = aPushedRequest()
      await stores().pushedRequests.insert(pushed, plenty)
      const spend = { do: 'spend pushed request', hash: pushed.hash } as const
      const failed = await Promise.all(Array.from({ length: 50 }, () => stores().grantStore.commit([spend])))
      expect(failed.filter((write) => write === undefined)).toHaveLength(1)
      expect(await stores().pushedRequests.find(pushed.hash)).toEqual({ ...pushed, spent: true })
    })

    test('counts the live ones of one client: not the expired, the spent or those of others', async () => {
      const { pushedRequests, grantStore } = stores()
      const spent = aPushedRequest()
      for (const pushed of [
        aPushedRequest(),
        aPushedRequest({ expiresAt: start + 0.5 }),
        aPushedRequest({ expiresAt: start }),
        aPushedRequest({ expiresAt: start - 1 }),
        aPushedRequest({ clientId: 'another' }),
        spent,
      ]) {
        await pushedRequests.insert(pushed, plenty)
      }
      await grantStore.commit([{ do: 'spend pushed request', hash: spent.hash }])
      expect(await pushedRequests.countLive('client', start)).toBe(2)
      expect(await pushedRequests.countLive('client', start + 1)).toBe(1)
      expect(await pushedRequests.countLive('nobody', start)).toBe(0)
    })

    requirement(
      'R-010',
      'lets one client have so many live ones, however many it pushes at once',
      async () => {
        const { pushedRequests, grantStore } = stores()
        const quota = { most: 10, now: start }
        const pushes = Array.from({ length: 50 }, () => aPushedRequest())
        await pushedRequests.insert(aPushedRequest({ expiresAt: start }), quota)
        const pushed = await Promise.all(pushes.map((one) => pushedRequests.insert(one, quota)))
        expect(pushed.filter(Boolean)).toHaveLength(10)
        for (const [i, { hash }] of pushes.entries()) {
          expect((await pushedRequests.find(hash)) !== undefined).toBe(pushed[i])
        }
        expect(await pushedRequests.insert(aPushedRequest({ clientId: 'another' }), quota)).toBe(true)
        const hash = pushes[pushed.indexOf(true)]?.hash ?? ''
        await grantStore.commit([{ do: 'spend pushed request', hash }])
        expect(await pushedRequests.insert(aPushedRequest(), quota)).toBe(true)
        expect(await pushedRequests.insert(aPushedRequest(), quota)).toBe(false)
        expect(await pushedRequests.insert(aPushedRequest(), { ...quota, now: start + 60 })).toBe(true)
      },
    )

    test('outlives its end by the time that its transaction may still take, then is swept', async () => {
      const pushed = aPushedRequest()
      await stores().pushedRequests.insert(pushed, plenty)
      await stores().sweep(start + 660)
      expect(await stores().pushedRequests.find(pushed.hash)).toBeDefined()
      await stores().sweep(start + 86_400)
      expect(await stores().pushedRequests.find(pushed.hash)).toBeUndefined()
    })
  })
}
