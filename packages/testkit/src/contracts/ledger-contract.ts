import { describe, expect, test } from 'vitest'
import { requirement } from '../requirement.ts'
import { fresh, start } from './records.ts'
import { type Open, openedForEachTest } from './stores-under-test.ts'

/** What every ledger promises: `remember` is true exactly once per key while its record lives (RFC 9449 §11.1). */
export function ledgerContract(name: string, open: Open<'ledger' | 'sweep'>): void {
  describe(`the ledger of ${name}`, () => {
    const stores = openedForEachTest(open)

    function remember(key: string, expiresAt: number, now: number): Promise<boolean> {
      return stores().ledger.remember({ key, expiresAt, now })
    }

    test('remembers a key once: true, then false', async () => {
      const key = fresh('')
      expect(await remember(key, start + 20, start)).toBe(true)
      expect(await remember(key, start + 20, start)).toBe(false)
      expect(await remember(key, start + 20, start + 10)).toBe(false)
    })

    requirement('L-001', 'gives one true to sixty-four who come at once with the same key', async () => {
      const key = fresh('')
      const answers = await Promise.all(Array.from({ length: 64 }, () => remember(key, start + 20, start)))
      expect(answers.filter(Boolean)).toHaveLength(1)
    })

    test('gives true to each of two hundred different keys that come at once', async () => {
      const answers = await Promise.all(
        Array.from({ length: 200 }, () => remember(fresh(''), start + 20, start)),
      )
      expect(answers.every(Boolean)).toBe(true)
    })

    test('refuses a key for as long as its record lives, whatever expiry it comes with', async () => {
      const [early, late] = [fresh(''), fresh('')]
      expect(await remember(early, start + 20, start)).toBe(true)
      expect(await remember(late, start + 300, start)).toBe(true)
      for (const other of [0.5, 1, 15, 29, 60, 119, 120, 299, 600]) {
        expect(await remember(early, start + other, start)).toBe(false)
        expect(await remember(late, start + other, start)).toBe(false)
      }
    })

    test('is never prolonged by a replay', async () => {
      const key = fresh('')
      expect(await remember(key, start + 20, start)).toBe(true)
      expect(await remember(key, start + 200, start + 19)).toBe(false)
      expect(await remember(key, start + 41, start + 21)).toBe(true)
    })

    requirement(
      'L-006',
      'still refuses at the very instant of expiry and forgets right after it',
      async () => {
        const [whole, fraction] = [fresh(''), fresh('')]
        expect(await remember(whole, 1_800_000_020, start)).toBe(true)
        expect(await remember(fraction, 1_800_000_020.125, start)).toBe(true)
        expect(await remember(whole, 1_800_000_030, 1_800_000_020)).toBe(false)
        expect(await remember(fraction, 1_800_000_030, 1_800_000_020.125)).toBe(false)
        expect(await remember(whole, 1_800_000_030, 1_800_000_020.001)).toBe(true)
        expect(await remember(fraction, 1_800_000_030, 1_800_000_020.126)).toBe(true)
      },
    )

    requirement(
      'L-019',
      'takes keys that differ by case, space, Unicode form or concatenation as different',
      async () => {
        const keys = [
          'key',
          'KEY',
          'Key',
          ' key',
          'key ',
          'k ey',
          'key\u0000',
          'é',
          'e\u0301',
          'ab|c',
          'a|bc',
          'abc',
          '',
        ]
        for (const key of keys) expect(await remember(key, start + 20, start)).toBe(true)
        for (const key of keys) expect(await remember(key, start + 20, start)).toBe(false)
      },
    )

    requirement(
      'L-010',
      'keeps every live record through a sweep and accepts nothing twice while sweeping',
      async () => {
        const keys = Array.from({ length: 300 }, () => fresh(''))
        for (const [i, key] of keys.entries()) await remember(key, start + (i % 60), start)
        const now = start + 30
        const [again] = await Promise.all([
          Promise.all(keys.map((key) => remember(key, now + 300, now))),
          stores().sweep(now),
        ])
        expect(again).toEqual(keys.map((_, i) => start + (i % 60) < now))
      },
    )

    requirement(
      'L-008',
      'accepts no replay when the clock jumps an hour ahead, a sweep runs and the clock returns',
      async () => {
        const key = fresh('')
        expect(await remember(key, start + 20, start)).toBe(true)
        await stores().sweep(start + 3600)
        expect(await remember(key, start + 20, start + 1)).toBe(false)
      },
    )
  })
}
