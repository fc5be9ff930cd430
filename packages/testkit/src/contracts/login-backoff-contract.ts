import { loginLimits } from '@keybound/authorization-server'
import { describe, expect, test } from 'vitest'
import { requirement } from '../requirement.ts'
import { start } from './records.ts'
import { type Open, openedForEachTest } from './stores-under-test.ts'

/** What slows guessing down, over all replicas that share the store. */
export function loginBackoffContract(name: string, open: Open<'loginBackoff' | 'sweep'>): void {
  describe(`the login backoff of ${name}`, () => {
    const stores = openedForEachTest(open)

    requirement('U-009', 'makes guesses at one account wait ever longer, up to a minute', async () => {
      const { loginBackoff } = stores()
      let [now, tried, longest] = [start, 0, 0]
      while (tried < 40) {
        const wait = await loginBackoff.admit('alice', `10.0.0.${tried}`, now)
        if (wait === 0) tried++
        now += wait
        longest = Math.max(longest, wait)
      }
      expect(longest).toBe(60)
      expect(now - start).toBeGreaterThan(1000)
      expect(await loginBackoff.admit('bob', '10.1.0.1', now)).toBe(0)
    })

    requirement('U-009', 'makes one source that tries many accounts wait too', async () => {
      const tries = Array.from({ length: 30 }, (_, i) =>
        stores().loginBackoff.admit(`user${i}`, '10.0.0.1', start),
      )
      expect((await Promise.all(tries)).filter((wait) => wait === 0)).toHaveLength(20)
    })

    test('counts tries of the same moment before their passwords are known', async () => {
      const tries = Array.from({ length: 50 }, () => stores().loginBackoff.admit('alice', '10.0.0.1', start))
      const waits = await Promise.all(tries)
      expect(waits.filter((wait) => wait === 0)).toHaveLength(5)
      for (const wait of waits) expect(Number.isInteger(wait)).toBe(true)
    })

    test('forgives the account whose password was right, and does not count that against the source', async () => {
      const { loginBackoff } = stores()
      for (let i = 0; i < 30; i++) {
        expect(await loginBackoff.admit('alice', '10.0.0.1', start)).toBe(0)
        await loginBackoff.succeeded('alice', '10.0.0.1')
      }
    })

    test('keeps what a source did to other accounts when one of its passwords was right', async () => {
      const { loginBackoff } = stores()
      for (let i = 0; i < 20; i++) await loginBackoff.admit(`user${i}`, '10.0.0.1', start)
      await loginBackoff.succeeded('user0', '10.0.0.1')
      await loginBackoff.succeeded('alice', '10.0.0.2')
      expect(await loginBackoff.admit('user0', '10.0.0.1', start)).toBe(0)
      expect(await loginBackoff.admit('user0', '10.0.0.1', start)).toBeGreaterThan(0)
    })

    test('does not count a try that had to wait', async () => {
      const { loginBackoff } = stores()
      for (let i = 0; i < 5; i++) await loginBackoff.admit('alice', '10.0.0.1', start)
      for (let i = 0; i < 9; i++) expect(await loginBackoff.admit('alice', '10.0.0.1', start)).toBe(1)
      expect(await loginBackoff.admit('alice', '10.0.0.1', start + 1)).toBe(0)
    })

    test('takes a name for another one when it differs by case, and no name for an address', async () => {
      const { loginBackoff } = stores()
      for (let i = 0; i < 5; i++) await loginBackoff.admit('10.0.0.1', `10.0.1.${i}`, start)
      expect(await loginBackoff.admit('alice', '10.0.0.1', start)).toBe(0)
      for (let i = 0; i < 5; i++) await loginBackoff.admit('Alice', `10.0.2.${i}`, start)
      expect(await loginBackoff.admit('alice', '10.0.2.9', start)).toBe(0)
    })

    test('forgives after a quarter of an hour, swept or not', async () => {
      const { loginBackoff, sweep } = stores()
      for (const end of [start, start + 100_000]) {
        for (let i = 0; i < 5; i++) expect(await loginBackoff.admit('alice', '10.0.0.1', end)).toBe(0)
        const later = end + loginLimits.forgivenAfter
        expect(await loginBackoff.admit('alice', '10.0.0.2', later)).toBe(0)
        expect(await loginBackoff.admit('alice', '10.0.0.2', later)).toBeGreaterThan(0)
        const forgiven = later + loginLimits.forgivenAfter + 0.001
        for (let i = 0; i < 5; i++) {
          expect(await loginBackoff.admit('alice', '10.0.0.3', forgiven)).toBe(0)
        }
        await sweep(end + 50_000)
      }
    })
  })
}
