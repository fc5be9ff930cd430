import { fixedClock, requirement } from '@keybound/testkit'
import { expect, test } from 'vitest'
import { createLoginBackoff } from './login-backoff.ts'

requirement('U-009', 'a thousand wrong passwords for one account wait ever longer, up to a minute', () => {
  const clock = fixedClock()
  const backoff = createLoginBackoff(clock.now)
  let tried = 0
  let longest = 0
  for (let i = 0; i < 1000; i++) {
    const wait = backoff.admit('alice', `10.0.0.${i}`)
    if (wait === 0) tried++
    longest = Math.max(longest, wait)
    clock.advance(1)
  }
  expect(tried).toBeLessThan(40)
  expect(longest).toBeLessThanOrEqual(60)
  expect(backoff.admit('bob', '10.1.0.1')).toBe(0)
})

requirement('U-009', 'one source that tries many accounts waits too', () => {
  const backoff = createLoginBackoff(fixedClock().now)
  const waits = Array.from({ length: 30 }, (_, i) => backoff.admit(`user${i}`, '10.0.0.1'))
  expect(waits.filter((wait) => wait === 0)).toHaveLength(20)
})

test('tries at the same moment count before their passwords are known', () => {
  const backoff = createLoginBackoff(fixedClock().now)
  const waits = Array.from({ length: 50 }, () => backoff.admit('alice', '10.0.0.1'))
  expect(waits.filter((wait) => wait === 0)).toHaveLength(5)
})

test('a right password forgives the account and does not count against the source', () => {
  const backoff = createLoginBackoff(fixedClock().now)
  for (let i = 0; i < 100; i++) {
    expect(backoff.admit('alice', '10.0.0.1')).toBe(0)
    backoff.succeeded('alice', '10.0.0.1')
  }
})

test('a quarter of an hour forgives', () => {
  const clock = fixedClock()
  const backoff = createLoginBackoff(clock.now)
  for (let i = 0; i < 50; i++) backoff.admit('alice', '10.0.0.1')
  clock.advance(15 * 60 + 1)
  const waits = Array.from({ length: 5 }, () => backoff.admit('alice', '10.0.0.1'))
  expect(waits).toEqual([0, 0, 0, 0, 0])
})
