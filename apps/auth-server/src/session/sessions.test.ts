import { fixedClock, requirement } from '@keybound/testkit'
import { expect, test } from 'vitest'
import { memorySessionRecords } from '../../test/memory-tables.ts'
import { createSessions } from './sessions.ts'

function open() {
  const clock = fixedClock()
  return { clock, sessions: createSessions(memorySessionRecords(), clock.now) }
}

requirement(
  ['OPS-10', 'U-003'],
  'every login gives a new id, and the session that the browser had before is dead',
  async () => {
    const { sessions } = open()
    const first = await sessions.start('alice', undefined)
    const second = await sessions.start('alice', first.cookie)
    expect(second.cookie).not.toBe(first.cookie)
    expect(await sessions.find(first.cookie)).toBeUndefined()
    expect(await sessions.find(second.cookie)).toMatchObject({ subject: 'alice' })
  },
)

test('the id names a session and opens nothing', async () => {
  const { sessions } = open()
  const { session } = await sessions.start('alice', undefined)
  expect(await sessions.find(session.id)).toBeUndefined()
})

test('ends after 30 minutes without a request (OPS-11)', async () => {
  const { clock, sessions } = open()
  const { cookie } = await sessions.start('alice', undefined)
  clock.advance(29 * 60)
  expect(await sessions.find(cookie)).toBeDefined()
  clock.advance(29 * 60)
  expect(await sessions.find(cookie)).toBeDefined()
  clock.advance(30 * 60)
  expect(await sessions.find(cookie)).toBeUndefined()
  expect(await sessions.list('alice')).toEqual([])
})

test('ends after 12 hours, however busy it is (OPS-11)', async () => {
  const { clock, sessions } = open()
  const { cookie } = await sessions.start('alice', undefined)
  for (let minutes = 0; minutes < 12 * 60; minutes += 20) {
    expect(await sessions.find(cookie)).toBeDefined()
    clock.advance(20 * 60)
  }
  expect(await sessions.find(cookie)).toBeUndefined()
})
